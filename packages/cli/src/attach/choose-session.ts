import type { PierConnection } from "@pier/client";
import type { SessionRecord } from "@pier/protocol";
import { CliError } from "../cli-error.ts";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { findSession } from "../sessions/find-session.ts";
import { compareRecords, sessionsTable } from "../sessions/sessions-table.ts";
import { homePath } from "../text/home-path.ts";
import { paintFor } from "../text/style.ts";
import { ask } from "./input/ask.ts";

export interface Choice {
  /** What the person named; undefined when nothing. */
  word: string | undefined;
  /** All sessions, where they were asked for before. */
  sessions?: readonly SessionRecord[];
  /** Of a terminal that can draw: the sessions are shown there as they are while the person looks. */
  connection?: PierConnection | undefined;
}

/**
 * The session that is meant. Without a word: the only one; of several the person chooses; when there is none, one is started if
 * they like.
 *
 * @returns null when the person wants none
 * @throws CliError when none fits, or nobody can be asked
 */
export async function chooseSession(
  io: Io,
  daemon: Daemon,
  { word, sessions: known, connection }: Choice,
): Promise<SessionRecord | null> {
  const sessions = (known ?? (await daemon.api.listSessions())).toSorted(compareRecords);
  if (word !== undefined) return mustBeLive(daemon, findSession(sessions, word));
  const live = sessions.filter(({ status }) => status === "live");
  const [only] = live;
  if (only && live.length === 1) return only;
  if (!only) return startOne(io, daemon);
  if (!isInteractive(io))
    throw new CliError(`There are ${live.length} open sessions: name one, \`pier ls\` lists them.`);
  return connection ? pickLive(io, daemon, connection) : pick(io, live);
}

function mustBeLive(daemon: Daemon, session: SessionRecord): SessionRecord {
  if (session.status === "live") return session;
  throw new CliError(`That session is closed: \`${commandFor(daemon, "resume", session.id)}\` opens it again.`);
}

async function pickLive(
  io: Io,
  { api: { sessions: rest }, host }: Daemon,
  connection: PierConnection,
): Promise<SessionRecord | null> {
  const { pickSession } = await import("@pier/tui");
  const id = await pickSession({ connection, rest, env: io.env, ...(host === null && { folder: io.cwd }) });
  return id === null ? null : await rest.get(id);
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

async function startOne(io: Io, { api, host, source }: Daemon): Promise<SessionRecord | null> {
  // Folders of this machine mean nothing there.
  if (host !== null && source !== "local")
    throw new CliError(`No session is open there: \`pier new FOLDER --host ${host}\` starts one.`);
  if (!isInteractive(io)) throw new CliError("No session is open: `pier new` starts one.");
  const answer = await ask(io, `No session is open. Start one in ${homePath(io.cwd, io.env)}? y/N `);
  if (answer === null || !/^y(es)?$/i.test(answer)) return null;
  return api.sessions.create({ working_dir: io.cwd });
}
