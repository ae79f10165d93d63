import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { PierError } from "@pier/protocol";

/**
 * A path of this machine as somebody wrote it, made absolute: `~` is the home folder. Whether anything is there, and
 * whether it may be looked at, is for others to say.
 *
 * @throws PierError `BAD_REQUEST`
 */
export function localPath(written: string, home: string = homedir()): string {
  if (written.includes("\0")) throw new PierError("BAD_REQUEST", "A path cannot hold a NUL character: leave it out.");
  if (written === "~" || written.startsWith("~/")) return join(home, written.slice(2));
  if (isAbsolute(written)) return resolve(written);
  throw new PierError("BAD_REQUEST", `The folder ${written} is not absolute: give the whole path, or begin with ~.`);
}

/**
 * The same for paths that are only looked at: one that climbs is refused, because where it leads depends on who resolves it.
 *
 * @throws PierError `BAD_REQUEST`
 */
export function straightPath(written: string, home: string): string {
  if (written.split("/").includes(".."))
    throw new PierError("BAD_REQUEST", `The path ${written} climbs with "..": give the way from the top, or from ~.`);
  return localPath(written, home);
}
