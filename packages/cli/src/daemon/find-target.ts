import type { SessionRecord } from "@pier/protocol";
import type { Io } from "../io.ts";
import { matchingSessions } from "../sessions/find-session.ts";
import { asDaemon, type Daemon } from "./daemon.ts";
import { chosenHost, type DaemonFlags, findDaemon } from "./find-daemon.ts";
import { savedHosts } from "./hosts-file.ts";
import { findLocalDaemon } from "./local-daemon.ts";
import { using } from "./with-daemon.ts";

export interface Target {
  daemon: Daemon;
  /** Which of its sessions; undefined when that is open. */
  word: string | undefined;
  /** Its sessions, where they were looked at. */
  sessions?: readonly SessionRecord[];
}

/**
 * What a person means by the word after `attach`. A session of this machine goes first: by its id, the beginning of it, or
 * its name. Then `HOST` and `HOST/SESSION` name a saved host and a session there. With `--host` or `PIER_HOST` it is a
 * session there and nothing else.
 *
 * @throws CliError
 */
export async function findTarget(io: Io, word: string | undefined, flags: DaemonFlags): Promise<Target> {
  if (word === undefined || chosenHost(io, flags) !== null) return { daemon: await findDaemon(io, flags), word };
  const saved = savedTarget(io, word);
  // Without a host of that name there is nothing to weigh, and the list is asked for while the connection is made.
  if (saved === null || flags.host !== undefined) return { daemon: await findDaemon(io, flags), word };
  const local = await findLocalDaemon(io, flags);
  if (local) {
    const daemon = asDaemon(local, flags);
    const sessions = await using(io, daemon, ({ api }) => api.listSessions());
    if (matchingSessions(sessions, word).length > 0) return { daemon, word, sessions };
  }
  const { dataDir: _dataDir, ...rest } = flags;
  return { daemon: await findDaemon(io, { ...rest, host: saved.host }), word: saved.session };
}

/** The saved host that `HOST` or `HOST/SESSION` names, and the session there; null when there is no such host. @throws CliError */
export function savedTarget(io: Io, word: string): { host: string; session: string | undefined } | null {
  const [, host = "", session = ""] = /^([^/]*)\/?([^]*)$/.exec(word) ?? [];
  const isSaved = savedHosts(io).some(({ name }) => name === host);
  return isSaved ? { host, session: session === "" ? undefined : session } : null;
}
