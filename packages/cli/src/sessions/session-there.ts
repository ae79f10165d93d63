import type { SessionRecord } from "@pier/protocol";
import type { DaemonApi } from "../daemon/daemon-api.ts";
import { findSession, matchingSessions } from "./find-session.ts";

/** The session of a daemon that a word names: Pier's own go before those of plain pi. @throws CliError as `findSession` */
export async function sessionThere(api: DaemonApi, word: string): Promise<SessionRecord> {
  const own = await api.listSessions();
  const isOwn = matchingSessions(own, word).length > 0;
  return findSession(isOwn ? own : await api.listSessions({ plain: true }), word);
}
