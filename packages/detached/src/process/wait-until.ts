import { setTimeout as pause } from "node:timers/promises";
import { DetachedError } from "../detached-error.ts";

const PAUSE_MS = { shortest: 2, longest: 50 } as const;

/** Waits for a condition of the operating system, which tells nobody; false when `limitMs` passed first. */
export async function waitUntil(condition: () => boolean, limitMs: number, signal?: AbortSignal): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let ms: number = PAUSE_MS.shortest; !condition(); ms = Math.min(ms * 2, PAUSE_MS.longest)) {
    const left = end - performance.now();
    if (left <= 0) return false;
    try {
      await pause(Math.min(ms, Math.max(left, 1)), undefined, signal && { signal });
    } catch (cause) {
      throw new DetachedError("ABORTED", "Stopped waiting: the signal was aborted", { cause });
    }
  }
  return true;
}
