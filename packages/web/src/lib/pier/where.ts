import { resolve } from "$app/paths";

/** The daemon's base address, with the path prefix it is served under and a closing slash. */
export const daemonAddress = `${location.origin}${resolve("/")}`;

/** The address of a page of ours under the prefix: `pageAt("/session/1")`. */
export function pageAt(path: `/${string}`): string {
  return resolve("/") + path.slice(1);
}
