import type { ToolResultMessage } from "@pier/protocol";
import { contentText, neutraliseLine } from "@pier/tui/text";
import { truncate } from "../../text/width.ts";
import { type Chunk, chunk, line } from "./chunk.ts";

/** What is known of a call when its result is shown. */
export interface Call {
  name: string;
  arguments: unknown;
  /** ms */
  duration?: number;
}

const longest = 160;
const errorLines = 8;

/** A finished tool call: one line, and of a failed one the end of what it said. */
export function toolLines(call: Call, result: Pick<ToolResultMessage, "content" | "isError" | "details">): Chunk[] {
  const mark = result.isError ? chunk("✗", "bad") : chunk("✓", "good");
  const notes = [changes(result.details), time(call.duration)].filter(Boolean).join(" ");
  const head = [chunk(`${callTitle(call)}  `), mark, line(notes === "" ? "" : ` ${notes}`, "dim")];
  if (!result.isError) return head;
  const said = contentText(result.content).trimEnd().split("\n");
  const shown = said.slice(-errorLines);
  if (said.length > shown.length) shown.unshift(`… ${said.length - shown.length} lines more`);
  return [...head, ...shown.filter((text) => text.trim() !== "").map((text) => line(`  ${text}`, "dim"))];
}

/** A tool call as a person would say it: `$ npm test`, `edit src/a.ts`. */
export function callTitle({ name, arguments: args }: Call): string {
  const given = (typeof args === "object" && args !== null ? args : {}) as Record<string, unknown>;
  if (name === "bash" && typeof given.command === "string") return `$ ${short(given.command)}`;
  const subject = ["path", "file_path", "pattern", "query", "url", "command"]
    .map((member) => given[member])
    .find(isText);
  const first = subject ?? Object.values(given).find(isText);
  return first === undefined ? neutraliseLine(name) || "tool" : `${neutraliseLine(name)} ${short(first)}`;
}

function short(text: string): string {
  const [first = "", ...rest] = text.trim().split("\n");
  return truncate(neutraliseLine(first), longest) + (rest.length > 0 ? " …" : "");
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** `+3 −1` of an edit. */
function changes(details: unknown): string {
  const diff = (details as { diff?: unknown } | null | undefined)?.diff;
  if (typeof diff !== "string") return "";
  const added = diff.match(/^\+(?!\+\+ )/gm)?.length ?? 0;
  const removed = diff.match(/^-(?!-- )/gm)?.length ?? 0;
  return `+${added} −${removed}`;
}

function time(ms: number | undefined): string {
  return ms === undefined || ms < 100 ? "" : `${(ms / 1_000).toFixed(1)}s`;
}
