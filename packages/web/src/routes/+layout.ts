import { pier } from "#lib/pier/pier.svelte.ts";
import { hasPairingSecret } from "#lib/settings/pairing-secret.ts";

// One page for all addresses, made in the browser: the daemon only hands out files.
export const ssr = false;
export const prerender = false;

/** Signs in while the page's own code is still on its way. */
export function load(): void {
  if (!hasPairingSecret()) void pier.signIn();
}
