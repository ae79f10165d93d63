import type { SessionInfo } from "@pier/protocol";
import { sessionFolder } from "#lib/pier/session-text.ts";

/** The folders that sessions worked in, the latest first, each once. */
export function recentFolders(sessions: readonly SessionInfo[], most: number): string[] {
  const sorted = sessions.toSorted((a, b) => b.lastActiveAt - a.lastActiveAt);
  return [...new Set(sorted.map(sessionFolder))].slice(0, most);
}
