import { neutraliseLine } from "../text/index.ts";

/** A folder, from its whole path (with `~` for `home`) to its name alone. */
export function folderForms(folder: string, home: string | undefined): readonly string[] {
  const path = neutraliseLine(folder);
  const bare = home?.replace(/[/\\]+$/, "") ?? "";
  const inHome = bare !== "" && (path === bare || path.startsWith(`${bare}/`) || path.startsWith(`${bare}\\`));
  const short = inHome ? `~${path.slice(bare.length)}` : path;
  const name = /[^/\\]+(?=[/\\]*$)/.exec(short)?.[0] ?? short;
  return short === name ? [short] : [short, name];
}
