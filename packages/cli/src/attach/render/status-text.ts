import type { LiveState } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { callTitle } from "./tool-line.ts";

export interface StatusFacts {
  live: Pick<LiveState, "running" | "tools" | "bash" | "queue" | "compaction" | "retry">;
  /** Whether the connection is there. */
  connected: boolean;
  /** Status texts of extensions. */
  statuses: Iterable<string>;
}

/** What goes on, on one line; empty when nothing does. */
export function statusText({ live, connected, statuses }: StatusFacts): string {
  const parts = [
    ...(connected ? [] : ["connection lost, trying again"]),
    ...workOf(live),
    ...queueOf(live),
    ...[...statuses].map(neutraliseLine),
  ];
  return parts.filter(Boolean).join(" · ");
}

function workOf({ running, tools, bash, compaction, retry }: StatusFacts["live"]): string[] {
  if (retry) return [`the model failed, trying again (${retry.attempt} of ${retry.maxAttempts})`];
  if (compaction) return ["making room in the context"];
  const calls = [...tools.values()]
    .filter(({ ended }) => !ended)
    .map(({ toolName, args }) => callTitle({ name: toolName, arguments: args }));
  const commands = [...bash.values()].map(({ command }) => `! ${neutraliseLine(command)}`);
  const all = [...calls, ...commands];
  if (all.length > 2) return [`running ${all.length} tools`];
  if (all.length > 0) return [`running ${all.join(" and ")}`];
  return running ? ["working"] : [];
}

function queueOf({ queue }: StatusFacts["live"]): string[] {
  const count = queue.steering.length + queue.followUp.length;
  return count === 0 ? [] : [`${count} queued`];
}
