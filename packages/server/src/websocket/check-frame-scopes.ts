import { scopes } from "@pier/protocol";

/**
 * Makes sure that each frame and command says what a device must hold for it: one that was forgotten must keep the
 * daemon from starting, not let anybody in.
 *
 * @throws Error that names the frame
 */
export function checkFrameScopes(frames: Readonly<Record<string, { scope?: unknown }>>): void {
  for (const [type, { scope }] of Object.entries(frames)) {
    if (scope === "none" || (scopes as readonly unknown[]).includes(scope)) continue;
    throw new Error(`The frame or command ${type} does not say its scope: add one of ${scopes.join(", ")} or none.`);
  }
}
