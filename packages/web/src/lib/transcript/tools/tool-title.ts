import { elided, list, number, record, shortPath } from "@pier/client/messages";
import { revealMarks } from "#lib/ui/reveal-marks.ts";
import { counted, size } from "../words.ts";

/** What a call does, for one line: a verb, and what it is about. */
export interface ToolTitle {
  icon: string;
  /** Nothing for shell commands, which speak for themselves. */
  verb: string;
  call: string;
  isShell: boolean;
  /** What is said more quietly. */
  more: string;
}

/** The longest line that anybody reads. */
const maxCall = 400;

export function toolTitle(name: string, args: Record<string, unknown>, cwd: string | undefined): ToolTitle {
  const path = (given: unknown): string => shortPath(lineOf(given), cwd);
  const titled = (icon: string, call: string, more = ""): ToolTitle => ({
    icon,
    verb: name,
    call,
    isShell: false,
    more,
  });
  switch (name) {
    case "bash":
    case "powershell": {
      const [first = "", ...rest] = textOf(args["command"]).trim().split("\n");
      const more = rest.length > 0 ? counted(rest.length, "more line") : "";
      return { icon: "terminal", verb: "", call: short(first), isShell: true, more };
    }
    case "read":
      return titled("file", path(filePath(args)), lineRange(args));
    case "edit":
      return titled("edit", path(filePath(args)));
    case "write":
      return titled("edit", path(filePath(args)));
    case "grep":
      return titled("search", lineOf(args["pattern"]), within(path(args["path"]), lineOf(args["glob"])));
    case "find":
    case "glob":
      return titled("search", lineOf(args["pattern"]), within(path(args["path"]), ""));
    case "ls":
      return titled("folder", path(args["path"]) || ".");
    default:
      return titled("gear", Object.keys(args).length > 0 ? compact(args) : "");
  }
}

/** The path a tool works on, by any of the names that tools give it. */
export function filePath(args: Record<string, unknown>): unknown {
  return args["path"] ?? args["file_path"];
}

/** The text of an argument; of an elided one its beginning. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return elided(value)?.head ?? "";
}

function lineOf(value: unknown): string {
  return short(textOf(value).replace(/\s+/g, " ").trim());
}

function short(text: string): string {
  return revealMarks(text.length > maxCall ? `${text.slice(0, maxCall).toWellFormed()}…` : text);
}

function lineRange(args: Record<string, unknown>): string {
  const offset = number(args["offset"]);
  const limit = number(args["limit"]);
  if (offset === undefined && limit === undefined) return "";
  const first = offset ?? 1;
  return limit === undefined ? `from line ${first}` : `lines ${first} to ${first + limit - 1}`;
}

function within(path: string, glob: string): string {
  return [path && `in ${path}`, glob && `(${glob})`].filter(Boolean).join(" ");
}

/** A value of any shape on one short line: JSON without quotes around names. */
function compact(value: unknown, depth = 0): string {
  if (typeof value === "string") return JSON.stringify(short(value));
  if (typeof value !== "object" || value === null) return String(value);
  const whole = elided(value);
  if (whole) return `[${size(whole.bytes)}]`;
  if (depth > 3) return "…";
  const isList = Array.isArray(value);
  const parts = isList
    ? list(value)
        .slice(0, 20)
        .map((part) => compact(part, depth + 1))
    : Object.entries(record(value))
        .slice(0, 20)
        .map(([name, part]) => `${name}: ${compact(part, depth + 1)}`);
  return short(depth === 0 ? parts.join(", ") : isList ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`);
}
