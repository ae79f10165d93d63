import type { Foreground } from "../../theme/colours.ts";
import type { Theme } from "../../theme/theme.ts";
import type { Span } from "../base/spans.ts";
import { duration, size } from "../base/words.ts";
import type { ToolCallState } from "./tool-call.ts";

/** How a tool call stands, for the end of its row. `why`: why it failed, in short. */
export function toolStatus({ streaming, run, result, end }: ToolCallState, why: string, theme: Theme): Span[] {
  const say = (role: Foreground, text: string): Span => ({ text, style: (shown) => theme.fg(role, shown) });
  if (result) {
    const took = duration(result.durationMs);
    if (!result.isError) return [say("success", "✓"), ...(took ? [say("dim", ` ${took}`)] : [])];
    return [say("error", why ? `✗ ${why}` : "✗"), ...(took ? [say("dim", why ? ` · ${took}` : ` ${took}`)] : [])];
  }
  if (run) return [say("accent", "running")];
  if (end) return [say(end === "stopped" ? "warning" : "dim", end)];
  if (streaming === undefined) return [say("dim", "waiting")];
  return [say("dim", streaming > 1000 ? `… ${size(streaming)}` : "…")];
}
