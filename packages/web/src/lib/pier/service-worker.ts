import { goto } from "$app/navigation";
import { ownScript } from "#lib/ui/own-script.ts";
import { daemonAddress, pageAt } from "./where.ts";

/** Keeps this page in the browser, so that it opens when the daemon cannot be reached; the returned function stops listening. */
export function startServiceWorker(): () => void {
  // Only pages over https, and those of this machine, have it.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return () => {};
  serviceWorker.register(ownScript(pageAt("/service-worker.js")), { updateViaCache: "none" }).catch(() => {
    // A certificate that the browser was told to trust does not count here. The page does without.
  });
  serviceWorker.addEventListener("message", go);
  return () => serviceWorker.removeEventListener("message", go);
}

/** A notification was clicked, and this page is to show its session. */
function go({ data }: MessageEvent<{ type?: unknown; address?: unknown } | null>): void {
  if (data?.type !== "go" || typeof data.address !== "string" || !data.address.startsWith(daemonAddress)) return;
  void goto(data.address);
}
