import { PierError } from "@pier/protocol";

/** Where a request for the prefix without its closing slash is sent, so that relative addresses of the page fit. */
export const slashRoute = "/-/slash";

/**
 * Reads `--base-path`: "" for none, otherwise `/name` or `/a/b` without a closing slash.
 *
 * @throws PierError `BAD_REQUEST`
 */
export function parseBasePath(text: string): string {
  const path = text.replace(/\/+$/, "");
  if (path === "" || /^(\/[A-Za-z0-9_~.-]+)+$/.test(path)) {
    if (!path.split("/").some((part) => part === "." || part === "..")) return path;
  }
  throw new PierError(
    "BAD_REQUEST",
    `--base-path "${text}" does not fit: give a path such as /pier, of letters, digits, - and _.`,
  );
}

/**
 * The address of a request inside Pier. A proxy may pass the prefix on or take it away: both arrive at the same route.
 * For HTTP and upgrades alike.
 */
export function stripBasePath(url: string, basePath: string): string {
  if (basePath === "" || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === "" || rest.startsWith("?")) return slashRoute;
  return rest.startsWith("/") ? rest : url;
}
