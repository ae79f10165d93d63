import { limits } from "../../limits.ts";
import type { Theme } from "../../theme/theme.ts";
import { cleanBody } from "../base/clean.ts";
import { list, record } from "../base/loose.ts";
import { firstLines, lastLines, linesOf, type TextLines } from "../base/text-lines.ts";
import { counted } from "../base/words.ts";
import { wrapped } from "../base/wrap.ts";
import type { Setting } from "../setting.ts";
import { diffRows } from "./diff-rows.ts";
import type { ToolCallState } from "./tool-call.ts";
import { filePath } from "./tool-title.ts";

/** Columns by which what belongs to a tool call is indented. */
const indent = 3;

/** The rows below a tool call's first one. `text` is what its result, or what there is of it, says. */
export function toolRows(call: ToolCallState, text: string, width: number, setting: Setting): string[] {
  const { view } = setting;
  const failed = call.result?.isError === true;
  if (!call.result && call.run)
    return outputRows(lastLines(text, limits.runningRows), width, view.theme).slice(-limits.runningRows);
  if (view.expanded) return [...argumentRows(call, width, view.theme), ...resultRows(call, text, width, view.theme)];
  if (!failed || linesOf(text).length < 2) return [];
  return outputRows(lastLines(withoutEnd(text), limits.errorRows), width, view.theme).slice(-limits.errorRows);
}

/** What does not fit into the first row. */
function argumentRows({ name, args }: ToolCallState, width: number, theme: Theme): string[] {
  switch (name) {
    case "bash":
    case "powershell": {
      const command = cleanBody(args["command"]);
      return command.includes("\n") ? outputRows(firstLines(command, limits.toolRows), width, theme, "toolTitle") : [];
    }
    case "write":
      return codeRows(cleanBody(args["content"]), args, width, theme);
    default:
      return [];
  }
}

function resultRows(call: ToolCallState, text: string, width: number, theme: Theme): string[] {
  const { name, args, result } = call;
  if (result?.isError !== false) return outputRows(lastLines(text, limits.toolRows), width, theme);
  switch (name) {
    case "bash":
    case "powershell":
      return bounded(lastLines(text, limits.toolRows), "earlier", width, theme, (shown) =>
        outputRows(shown, width, theme),
      );
    case "read":
      return codeRows(text, args, width, theme);
    case "write":
      return [];
    case "edit":
      return editRows(call, text, width, theme);
    default:
      return bounded(firstLines(text, limits.toolRows), "more", width, theme, (shown) =>
        outputRows(shown, width, theme),
      );
  }
}

function editRows({ args, result }: ToolCallState, text: string, width: number, theme: Theme): string[] {
  const diff = cleanBody(record(result?.details)["diff"]) || diffOf(args["edits"]);
  if (diff === "") return outputRows(firstLines(text, limits.toolRows), width, theme);
  return bounded(firstLines(diff, limits.toolRows), "more", width, theme, ({ lines }) =>
    diffRows(lines.join("\n"), width, { theme, indent }),
  );
}

/** The edits that were asked for, as a diff without numbers. */
function diffOf(edits: unknown): string {
  return list(edits)
    .flatMap((edit) => {
      const { oldText, newText } = record(edit);
      return [
        ...linesOf(cleanBody(oldText)).map((line) => `- ${line}`),
        ...linesOf(cleanBody(newText)).map((line) => `+ ${line}`),
      ];
    })
    .join("\n");
}

function codeRows(code: string, args: Record<string, unknown>, width: number, theme: Theme): string[] {
  const language = /\.([A-Za-z0-9]+)$/.exec(cleanBody(filePath(args)))?.[1];
  return bounded(firstLines(code, limits.toolRows), "more", width, theme, (shown) => {
    const { highlightCode } = theme.markdown;
    if (!highlightCode || !language || shown.lines.length === 0) return outputRows(shown, width, theme);
    return wrapped(highlightCode(shown.lines.join("\n"), language).join("\n"), width, { indent });
  });
}

/** Rows of as many lines as are shown, and how many are not. */
function bounded(
  shown: TextLines,
  which: "more" | "earlier",
  width: number,
  theme: Theme,
  rowsOf: (shown: TextLines) => string[],
): string[] {
  const all = rowsOf(shown);
  const kept = which === "more" ? all.slice(0, limits.toolRows) : all.slice(-limits.toolRows);
  const lost = shown.left + all.length - kept.length;
  if (lost === 0) return kept;
  const note = wrapped(`… ${counted(lost, `${which} line`)}; //body or the web shows all`, width, {
    indent,
    style: (row) => theme.fg("muted", row),
  });
  return which === "more" ? [...kept, ...note] : [...note, ...kept];
}

function outputRows(
  { lines }: TextLines,
  width: number,
  theme: Theme,
  role: "toolOutput" | "toolTitle" = "toolOutput",
): string[] {
  return lines.length === 0 ? [] : wrapped(lines.join("\n"), width, { indent, style: (row) => theme.fg(role, row) });
}

/** An error's text without the line about its end, which stands in the first row. */
function withoutEnd(text: string): string {
  return text.trimEnd().replace(/\n+Command (?:exited with code \S+|aborted|timed out after [^\n]+)$/, "");
}
