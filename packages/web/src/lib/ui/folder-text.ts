/** A folder as people write it: the home folder as `~`, where it is known. */
export function folderText(path: string, home: string | undefined): string {
  if (home && (path === home || path.startsWith(`${home}/`))) return `~${path.slice(home.length)}`;
  return path;
}

/** The last part of a folder's path. */
export function folderName(path: string): string {
  return path.split("/").findLast((part) => part !== "") ?? path;
}
