import type { Theme } from "../../theme/theme.ts";
import { cleanLine } from "../base/clean.ts";
import type { Span } from "../base/spans.ts";
import { linesOf } from "../base/text-lines.ts";
import { duration, size } from "../base/words.ts";
import type { ToolCallState } from "./tool-call.ts";

/** How a tool call stands, for the end of its row. */
export function toolStatus({ streaming, run, result, end }: ToolCallState, text: string, theme: Theme): Span[] {
  const say = (role: "success" | "error" | "warning" | "accent" | "dim", words: string): Span => ({
    text: words,
    style: (shown) => theme.fg(role, shown),
  });
  if (result) {
    const took = duration(result.durationMs);
    if (!result.isError) return [say("success", "✓"), ...(took ? [say("dim", ` ${took}`)] : [])];
    const why = failure(text);
    return [say("error", ["✗", why].filter(Boolean).join(" ")), ...(took ? [say("dim", ` · ${took}`)] : [])];
  }
  if (run) return [say("accent", "running")];
  if (end) return [say(end === "stopped" ? "warning" : "dim", end)];
  if (streaming === undefined) return [say("dim", "waiting")];
  return [say("dim", streaming > 1000 ? `… ${size(streaming)}` : "…")];
}

/** Why a call failed: what pi says of a command's end, or the first line of the error. */
export function failure(text: string): string {
  const [first = ""] = linesOf(text.trimStart());
  const last = linesOf(text).at(-1) ?? "";
  const code = /^Command exited with code (\S+)$/.exec(last)?.[1];
  if (code !== undefined) return `exit ${code}`;
  if (last === "Command aborted") return "stopped";
  if (/^Command timed out/.test(last)) return cleanLine(last).replace("Command ", "");
  return cleanLine(first);
}
