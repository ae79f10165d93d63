import { visibleWidth } from "../../pi-tui/index.ts";
import { cleanLine } from "../base/clean.ts";
import { linesOf } from "../base/text-lines.ts";

/** What a tool that failed says: what stands in its first row, and the rest. */
export interface Failure {
  why: string;
  rest: string;
}

/** Reads a failed tool's clean text: pi's word on how a command ended, or its first line where that is short. */
export function failureOf(text: string, width: number): Failure {
  const lines = linesOf(text);
  const end = commandEnd(lines.at(-1) ?? "");
  if (end !== null) return { why: end, rest: lines.slice(0, -1).join("\n").trimEnd() };
  const first = cleanLine(lines[0] ?? "");
  if (visibleWidth(first) > Math.max(12, width / 2 - 8)) return { why: "", rest: text };
  return { why: first, rest: lines.slice(1).join("\n") };
}

function commandEnd(line: string): string | null {
  const code = /^Command exited with code (\S+)$/.exec(line)?.[1];
  if (code !== undefined) return `exit ${code}`;
  if (line === "Command aborted") return "stopped";
  return /^Command timed out\b/.test(line) ? line.replace("Command ", "") : null;
}
