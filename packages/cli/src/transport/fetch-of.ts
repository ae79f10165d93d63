import type { Access } from "../daemon/access.ts";
import { limits } from "../limits.ts";

/** A `fetch` for a daemon: it follows no redirect, waits so long for an answer to begin, and knows the daemon's certificate. */
export function fetchOf({ fingerprint }: Pick<Access, "fingerprint">, wait: number = limits.answer): typeof fetch {
  return async (input, init = {}) => {
    const given = init.signal ?? undefined;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new TimeoutError(wait)), wait);
    const signal = given ? AbortSignal.any([given, late.signal]) : late.signal;
    try {
      const own = fingerprint === undefined ? fetch : (await import("./pinned-fetch.ts")).pinnedFetch(fingerprint);
      return await own(input, { ...init, signal, redirect: "error" });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Nothing was answered for so long. */
export class TimeoutError extends Error {
  readonly code = "ETIMEDOUT";

  constructor(ms: number) {
    super(`no answer within ${ms / 1_000} s`);
    this.name = "TimeoutError";
  }
}
