import type { PierConnection } from "@pier/client";
import type { SessionRecord } from "@pier/protocol";
import { CliError } from "../cli-error.ts";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import { canDraw, type Io, isInteractive, print } from "../io.ts";
import { findSession } from "../sessions/find-session.ts";
import { sessionThere } from "../sessions/session-there.ts";
import { compareRecords, sessionsTable } from "../sessions/sessions-table.ts";
import { homePath } from "../text/home-path.ts";
import { paintFor } from "../text/style.ts";
import { ask } from "./input/ask.ts";

export interface Choice {
  connection: PierConnection;
  /** What the person named; undefined when nothing. */
  word: string | undefined;
  /** All sessions, where they were asked for before. */
  sessions?: readonly SessionRecord[];
  /** Whether the person wants nothing drawn. */
  plain: boolean;
}

/**
 * The session that is meant. Without a word: the only one; of several the person chooses; when there is none, one is started if
 * they like.
 *
 * @returns null when the person wants none
 * @throws CliError when none fits, or nobody can be asked
 */
export async function chooseSession(io: Io, daemon: Daemon, choice: Choice): Promise<SessionRecord | null> {
  const { word, sessions: known, plain } = choice;
  if (word !== undefined) {
    return mustBeLive(daemon, known ? findSession(known, word) : await sessionThere(daemon.api, word));
  }
  const sessions = (known ?? (await daemon.api.listSessions())).toSorted(compareRecords);
  const live = sessions.filter(({ status }) => status === "live");
  const [only] = live;
  if (only && live.length === 1) return only;
  if (!only) return startOne(io, daemon);
  if (!isInteractive(io))
    throw new CliError(`There are ${live.length} open sessions: name one, \`pier ls\` lists them.`);
  return canDraw(io) && !plain ? pickLive(io, daemon, choice) : pick(io, live);
}

function mustBeLive(daemon: Daemon, session: SessionRecord): SessionRecord {
  if (session.status === "live") return session;
  throw new CliError(`That session is closed: \`${commandFor(daemon, "resume", session.id)}\` opens it again.`);
}

/** Shows the sessions as they are while the person looks. */
async function pickLive(io: Io, daemon: Daemon, { connection }: Choice): Promise<SessionRecord | null> {
  const { pickSession } = await import("@pier/tui");
  const rest = daemon.api.sessions;
  const id = await pickSession({ connection, rest, env: io.env, ...(isHere(daemon) && { folder: io.cwd }) });
  return id === null ? null : rest.get(id);
}

/** Whether folders of this machine are the daemon's too. */
function isHere({ host, source }: Daemon): boolean {
  return host === null || source === "local";
}

/** Asks for the number of one. */
async function pick(io: Io, live: readonly SessionRecord[]): Promise<SessionRecord | null> {
  const paint = paintFor(io.stdout, io.env);
  const width = String(live.length).length;
  const [title = "", ...rows] = sessionsTable(live, { env: io.env, now: Date.now(), paint });
  print(io, `${" ".repeat(width + 3)}${title}`);
  for (const [at, row] of rows.entries()) print(io, `${String(at + 1).padStart(width + 1)}  ${row}`);
  for (;;) {
    const answer = await ask(io, `Which one? 1-${live.length} `);
    if (answer === null || answer === "" || answer === "q") return null;
    const chosen = /^\d{1,6}$/.test(answer) ? live[Number(answer) - 1] : undefined;
    if (chosen) return chosen;
    try {
      return findSession(live, answer);
    } catch {
      print(io, `Type a number from 1 to ${live.length}, an id or a name; nothing leaves.`);
    }
  }
}

async function startOne(io: Io, daemon: Daemon): Promise<SessionRecord | null> {
  const { api, host } = daemon;
  // Folders of this machine mean nothing there.
  if (!isHere(daemon)) throw new CliError(`No session is open there: \`pier new FOLDER --host ${host}\` starts one.`);
  if (!isInteractive(io)) throw new CliError("No session is open: `pier new` starts one.");
  const answer = await ask(io, `No session is open. Start one in ${homePath(io.cwd, io.env)}? y/N `);
  if (answer === null || !/^y(es)?$/i.test(answer)) return null;
  return api.sessions.create({ working_dir: io.cwd });
}
