import { closeSync, openSync } from "node:fs";
import { LinesFromEnd } from "../agent/lines-from-end.ts";
import { parseEntry } from "../agent/session-entries.ts";
import { limits } from "../limits.ts";

export type Entry = NonNullable<ReturnType<typeof parseEntry>>;

/** The name that entries give last: null where they take it away, undefined where they say nothing of it. */
export function nameIn(found: readonly Entry[]): string | null | undefined {
  const entry = found.findLast(({ type }) => type === "session_info");
  if (!entry) return undefined;
  const { name } = entry;
  return typeof name === "string" && name !== "" ? name.slice(0, limits.preview) : null;
}

/** The last name that stands in a part of a session file, looked for from its end as far as `limits.nameSearch`. */
export function findName(file: string, from: number, to: number): string | null | undefined {
  const descriptor = openSync(file, "r");
  let name: string | null | undefined;
  try {
    const lines = new LinesFromEnd(to);
    const first = Math.max(from, to - limits.nameSearch);
    let isDone = false;
    while (!isDone && !lines.finished)
      lines.readChunk(descriptor, (text, start) => {
        const entry = text.startsWith('{"type":"session_info"') ? parseEntry(text) : undefined;
        if (entry) name = nameIn([entry]);
        isDone = name !== undefined || start < first;
        return !isDone;
      });
    return name;
  } finally {
    closeSync(descriptor);
  }
}
