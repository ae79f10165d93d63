import { diffCounts, elided, list, number, record, shortPath } from "@pier/client/messages";
import type { Theme } from "../../theme/theme.ts";
import { cleanBody, cleanLine } from "../base/clean.ts";
import { compactJson } from "../base/compact-json.ts";
import type { Span } from "../base/spans.ts";
import { linesOf } from "../base/text-lines.ts";
import { counted, size } from "../base/words.ts";
import type { ToolCallState } from "./tool-call.ts";

/** What a tool call does, for one row: `$ npm test`, `edit src/a.ts  +3 −1`. */
export function toolTitle(call: ToolCallState, theme: Theme, cwd: string | undefined): Span[] {
  const { name, args } = call;
  const bold = (text: string): string => theme.bold(theme.fg("toolTitle", text));
  const accent = (text: string): string => theme.fg("accent", text);
  const muted = (text: string): string => theme.fg("muted", text);
  const path = (given: unknown): string => (isText(given) ? shortPath(line(given), cwd) : "");
  const named = (...rest: Span[]): Span[] => [{ text: name, style: bold }, ...spaced(rest)];
  switch (name) {
    case "bash":
    case "powershell": {
      const [first, ...more] = linesOf(cleanBody(args["command"]));
      if (first === undefined) return named();
      const rest = more.length > 0 ? [{ text: ` … ${counted(more.length, "more line")}`, style: muted }] : [];
      return [{ text: name === "bash" ? "$ " : "> ", style: muted }, { text: cleanLine(first), style: bold }, ...rest];
    }
    case "read":
      return named({ text: path(filePath(args)), style: accent }, { text: lineRange(args), style: muted });
    case "edit":
      return named({ text: path(filePath(args)), style: accent }, ...changes(call, theme));
    case "write":
      return named(
        { text: path(filePath(args)), style: accent },
        { text: call.streaming ? "" : written(args["content"]), style: (text) => theme.fg("toolDiffAdded", text) },
      );
    case "grep":
      return named(
        { text: quoted(args["pattern"]), style: accent },
        { text: within(path(args["path"]), line(args["glob"])), style: muted },
      );
    case "find":
      return named(
        { text: line(args["pattern"]), style: accent },
        { text: within(path(args["path"]), ""), style: muted },
      );
    case "ls":
      return named({ text: path(args["path"]) || ".", style: accent });
    default:
      return [
        { text: cleanLine(name) || "tool", style: bold },
        ...spaced([{ text: Object.keys(args).length > 0 ? compactJson(args) : "", style: muted }]),
      ];
  }
}

/** The path a tool works on, by any of the names that tools give it. */
export function filePath(args: Record<string, unknown>): unknown {
  return args["path"] ?? args["file_path"];
}

function spaced(spans: readonly Span[]): Span[] {
  return spans
    .filter(({ text }) => text !== "")
    .flatMap((span) => (span.text.startsWith(":") ? [span] : [{ text: " " }, span]));
}

function changes({ args, result }: ToolCallState, theme: Theme): Span[] {
  const counts = diffCounts(record(result?.details)["diff"]);
  if (!counts) {
    const edits = list(args["edits"]).length;
    return edits > 1 ? [{ text: `(${counted(edits, "edit")})`, style: (text) => theme.fg("muted", text) }] : [];
  }
  return [
    { text: ` +${counts.added}`, style: (text) => theme.fg("toolDiffAdded", text) },
    { text: `−${counts.removed}`, style: (text) => theme.fg("toolDiffRemoved", text) },
  ];
}

function lineRange(args: Record<string, unknown>): string {
  const offset = number(args["offset"]);
  const limit = number(args["limit"]);
  if (offset === undefined && limit === undefined) return "";
  const first = offset ?? 1;
  return `:${first}-${limit === undefined ? "" : first + limit - 1}`;
}

function written(content: unknown): string {
  const whole = elided(content);
  if (whole) return ` ${size(whole.bytes)}`;
  return typeof content === "string" ? ` +${linesOf(content).length}` : "";
}

function within(path: string, glob: string): string {
  return [path && `in ${path}`, glob && `(${glob})`].filter(Boolean).join(" ");
}

function quoted(pattern: unknown): string {
  return isText(pattern) ? `"${line(pattern)}"` : "";
}

function isText(value: unknown): boolean {
  return typeof value === "string" || elided(value) !== undefined;
}

function line(value: unknown): string {
  return cleanLine(cleanBody(value));
}
