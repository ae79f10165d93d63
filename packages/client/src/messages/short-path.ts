/** A path as people say it: below the session's folder without it, below the home with `~`. */
export function shortPath(path: string, cwd: string | undefined): string {
  if (cwd === undefined || cwd === "") return path;
  const folder = cwd.replace(/\/+$/, "");
  if (path === folder) return ".";
  if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  const home = /^\/(?:(?:home|Users)\/[^/]+|root)(?=\/|$)/.exec(cwd)?.[0];
  if (home === undefined || !(path === home || path.startsWith(`${home}/`))) return path;
  return `~${path.slice(home.length)}`;
}
