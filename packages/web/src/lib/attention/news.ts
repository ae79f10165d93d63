import type { SessionInfo } from "@pier/protocol";

/** What a session was last called for, by its id. */
export type Called = ReadonlyMap<string, string>;

/** What is to be done after the list of sessions changed. */
export interface News {
  /** Sessions that need somebody since. */
  fresh: readonly SessionInfo[];
  /** Ids of sessions that need nobody any more. */
  over: readonly string[];
  /** For the next time. */
  called: Called;
}

/** Compares the list of sessions with what was called for before. */
export function newsOf(sessions: readonly SessionInfo[], before: Called): News {
  const called = new Map<string, string>();
  const fresh: SessionInfo[] = [];
  for (const session of sessions) {
    const reason = reasonOf(session);
    if (reason === null) continue;
    called.set(session.id, reason);
    if (before.get(session.id) !== reason) fresh.push(session);
  }
  return { fresh, over: [...before.keys()].filter((id) => !called.has(id)), called };
}

/** Tells one reason from the next; null while nobody has to come. */
function reasonOf({ attention, activity, status, lastActiveAt }: SessionInfo): string | null {
  if (!attention || status !== "live") return null;
  // pi may get over an error by itself.
  if (attention.reason === "error" && activity === "running") return null;
  return attention.reason === "finished" ? `finished ${lastActiveAt}` : `${attention.reason} ${attention.text ?? ""}`;
}
