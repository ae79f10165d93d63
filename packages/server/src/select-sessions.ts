import type { SessionInfo } from "@pier/protocol";
import type { SessionList, SessionQuery } from "./sessions-service.ts";

/** The page of a list, in its order, that a query asks for. */
export function selectSessions(sessions: readonly SessionInfo[], asked: SessionQuery): SessionList {
  const { status, origin, query = "", offset = 0, limit = Infinity } = asked;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = sessions.filter((session) => {
    const fits = (status ?? session.status) === session.status && (origin ?? session.origin) === session.origin;
    return fits && holds(session, words);
  });
  return { sessions: found.slice(offset, offset + limit), total: found.length };
}

/** The last active session first. */
export function byActivity(sessions: readonly SessionInfo[]): SessionInfo[] {
  return sessions.toSorted((a, b) => b.lastActiveAt - a.lastActiveAt);
}

function holds({ name = "", cwd, preview = "" }: SessionInfo, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${name}\n${cwd}\n${preview}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
