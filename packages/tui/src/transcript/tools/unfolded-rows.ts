import { list, record } from "@pier/client/messages";
import { limits } from "../../limits.ts";
import { cleanBody } from "../base/clean.ts";
import { firstLines, lastLines, linesOf } from "../base/text-lines.ts";
import { wrapped } from "../base/wrap.ts";
import { diffRows } from "./diff-rows.ts";
import { boundedRows, indent, outputRows, type Sheet } from "./output-rows.ts";
import type { ToolCallState } from "./tool-call.ts";
import { filePath } from "./tool-title.ts";

/** What of a call's arguments does not fit into its first row. */
export function argumentRows({ name, args }: ToolCallState, sheet: Sheet): string[] {
  switch (name) {
    case "bash":
    case "powershell": {
      const command = cleanBody(args["command"]);
      const lines = firstLines(command, limits.toolRows);
      return command.includes("\n")
        ? boundedRows(lines, sheet, { lose: "last" }, (shown) => outputRows(shown, sheet, "toolTitle"))
        : [];
    }
    case "write":
      return codeRows(cleanBody(args["content"]), args, sheet);
    default:
      return [];
  }
}

/** What a call gave that did not fail. */
export function resultRows(call: ToolCallState, text: string, sheet: Sheet): string[] {
  switch (call.name) {
    case "bash":
    case "powershell":
      return boundedRows(lastLines(text, limits.toolRows), sheet, { lose: "first" });
    case "read":
      return codeRows(text, call.args, sheet);
    case "write":
      return [];
    case "edit":
      return editRows(call, text, sheet);
    default:
      return boundedRows(firstLines(text, limits.toolRows), sheet, { lose: "last" });
  }
}

function editRows({ args, result }: ToolCallState, text: string, sheet: Sheet): string[] {
  const diff = cleanBody(record(result?.details)["diff"]) || diffOf(args["edits"]);
  if (diff === "") return outputRows(firstLines(text, limits.toolRows).lines, sheet);
  return boundedRows(firstLines(diff, limits.toolRows), sheet, { lose: "last" }, (lines) => diffRows(lines, sheet));
}

/** The edits that were asked for, as a diff without numbers: older versions of pi give none. */
function diffOf(edits: unknown): string {
  const signed = (sign: string, text: unknown): string[] => linesOf(cleanBody(text)).map((line) => `${sign} ${line}`);
  return list(edits)
    .map(record)
    .flatMap(({ oldText, newText }) => [...signed("-", oldText), ...signed("+", newText)])
    .join("\n");
}

/** The lines of a file, in the colours of its language. */
function codeRows(code: string, args: Record<string, unknown>, sheet: Sheet): string[] {
  const language = /\.([A-Za-z0-9]+)$/.exec(cleanBody(filePath(args)))?.[1];
  const { highlightCode } = sheet.theme.markdown;
  return boundedRows(firstLines(code, limits.toolRows), sheet, { lose: "last" }, (lines) => {
    if (!highlightCode || !language || lines.length === 0) return outputRows(lines, sheet);
    return wrapped(highlightCode(lines.join("\n"), language).join("\n"), sheet.width, { indent });
  });
}
