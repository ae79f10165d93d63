import type { Attached, LiveState } from "@pier/protocol";

/**
 * Puts into `live` what `attached` says beside messages and tail: they hold as of its seq, so they may only be applied
 * when all events up to there were.
 */
export function applyAttachedState(live: LiveState, { state, queue }: Attached): void {
  // The process ended without saying so in its journal: what it was doing will not go on.
  if (live.running && !state.running) live.interrupt();
  live.running = state.running;
  live.pi = state.pi;
  live.compaction = state.compaction;
  live.retry = state.retry;
  live.queue = queue;
}
