import { bodyWords } from "../rows/body-words.ts";
import { contentOf } from "../rows/content.ts";
import type { PartRow } from "../rows/row.ts";

/** The words of a part, as far as they are here: which of a message's parts holds what was looked for. */
export function rowText(row: PartRow): string {
  switch (row.kind) {
    case "tool":
      return [
        JSON.stringify(row.args),
        ...Object.values(row.args).map(String),
        ...contentOf(row.content).texts.map(bodyWords),
      ].join("\n");
    case "shell":
      return `${row.command}\n${bodyWords(row.output)}`;
    case "card":
      return JSON.stringify(row.value);
    case "wait":
      return "";
    case "stop":
      return row.text;
    default:
      return bodyWords(row.text);
  }
}
