import { statSync } from "node:fs";
import { PierError } from "@pier/protocol";

/** Makes sure that pi can be started in a folder. @throws PierError `BAD_REQUEST` */
export function checkFolder(cwd: string): void {
  const found = statSync(cwd, { throwIfNoEntry: false });
  if (!found) throw new PierError("BAD_REQUEST", `The folder ${cwd} does not exist: create it, or choose another.`);
  if (!found.isDirectory()) throw new PierError("BAD_REQUEST", `${cwd} is not a folder: choose a folder.`);
}
