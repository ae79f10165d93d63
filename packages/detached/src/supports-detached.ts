export type DetachedSupport = { readonly supported: true } | { readonly supported: false; readonly reason: string };

/** Whether children can outlive us here; where not, the reason is fit to be shown. */
export function supportsDetached(platform: NodeJS.Platform = process.platform): DetachedSupport {
  if (platform !== "win32") return { supported: true };
  return {
    supported: false,
    reason: "Windows has no FIFOs: children end with the program that started them",
  };
}
