import { body } from "@pier/client/messages";
import type { Body } from "@pier/protocol";
import { contentOf } from "../rows/content.ts";
import type { PartRow } from "../rows/row.ts";

/** The words of a part, as far as they are here: which of a message's parts holds what was looked for. */
export function rowText(row: PartRow, words: (body: Body) => string): string {
  const bodies = rowBodies(row).map(words);
  switch (row.kind) {
    case "tool":
      return [JSON.stringify(row.args), ...bodies].join("\n");
    case "shell":
      return [row.command, ...bodies].join("\n");
    case "card":
      return JSON.stringify(row.value);
    case "stop":
      return row.text;
    default:
      return bodies.join("\n");
  }
}

/** The texts of a part that may have been left off as too long. */
export function rowBodies(row: PartRow): readonly Body[] {
  switch (row.kind) {
    case "tool":
      return [...Object.values(row.args).flatMap((value) => body(value) ?? []), ...contentOf(row.content).texts];
    case "shell":
      return [row.output];
    case "card":
    case "wait":
    case "stop":
      return [];
    default:
      return [row.text];
  }
}
