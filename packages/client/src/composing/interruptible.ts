import type { LiveState } from "@pier/protocol";

/** What Esc stops; null when nothing runs. */
export type Interruptible = "retry" | "turn" | "compaction" | "shell";

export function interruptible(
  live: Pick<LiveState, "running" | "retry" | "compaction" | "bash">,
): Interruptible | null {
  if (live.retry) return "retry";
  if (live.running) return "turn";
  if (live.compaction) return "compaction";
  return live.bash.size > 0 ? "shell" : null;
}
