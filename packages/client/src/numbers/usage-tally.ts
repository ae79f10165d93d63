import type { AgentMessage, AssistantMessage, TranscriptItem, Usage } from "@pier/protocol";

/** Tokens and cost of many requests. */
export interface Totals {
  input: number;
  output: number;
  /** US dollars. */
  cost: number;
}

export const nothing: Totals = { input: 0, output: 0, cost: 0 };

/** What the requests for these messages took. */
export function totalsOf(items: readonly TranscriptItem[]): Totals {
  return items.reduce((sum, { message }) => {
    const usage = usageOf(message);
    return usage ? add(sum, { input: usage.input, output: usage.output, cost: usage.cost?.total }) : sum;
  }, nothing);
}

export function add(a: Totals, b: { input?: unknown; output?: unknown; cost?: unknown }): Totals {
  return { input: a.input + count(b.input), output: a.output + count(b.output), cost: a.cost + count(b.cost) };
}

/** The tokens that the model had before it and gave at the last answer; null when nothing says so, as after a compaction. */
export function lastContext(items: readonly TranscriptItem[]): number | null {
  for (let at = items.length - 1; at >= 0; at--) {
    const message = items[at]?.message;
    if (message?.role === "compactionSummary") return null;
    const usage = message && usageOf(message);
    const { stopReason } = (message ?? {}) as AssistantMessage;
    if (!usage || stopReason === "aborted" || stopReason === "error") continue;
    const { totalTokens, input, output, cacheRead, cacheWrite } = usage;
    const tokens = count(totalTokens) || count(input) + count(output) + count(cacheRead) + count(cacheWrite);
    if (tokens > 0) return tokens;
  }
  return null;
}

function usageOf(message: AgentMessage): Usage | undefined {
  return message.role === "assistant" ? ((message as AssistantMessage).usage ?? undefined) : undefined;
}

/** Records are not checked: what is no number counts for nothing. */
function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
