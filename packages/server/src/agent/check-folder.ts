import { type Stats, statSync } from "node:fs";
import { PierError } from "@pier/protocol";
import { errorSentence } from "../session/error-sentence.ts";

/** Makes sure that pi can be started in a folder. @throws PierError `BAD_REQUEST` */
export function checkFolder(cwd: string): void {
  const found = look(cwd);
  if (!found) throw new PierError("BAD_REQUEST", `The folder ${cwd} does not exist: create it, or choose another.`);
  if (!found.isDirectory()) throw new PierError("BAD_REQUEST", `${cwd} is not a folder: choose a folder.`);
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    // Not ours to look at, a loop of links, or too long to be a path.
    throw new PierError("BAD_REQUEST", `The folder cannot be used: ${errorSentence(cause)}.`, { cause });
  }
}
