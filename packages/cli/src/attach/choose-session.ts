import { connect } from "@pier/client";
import type { SessionRecord } from "@pier/protocol";
import { CliError } from "../cli-error.ts";
import type { DaemonApi } from "../daemon/daemon-api.ts";
import { canDraw, type Io, isInteractive, print } from "../io.ts";
import { findSession } from "../sessions/find-session.ts";
import { compareRecords, sessionsTable } from "../sessions/sessions-table.ts";
import { homePath } from "../text/home-path.ts";
import { paintFor } from "../text/style.ts";
import { cliVersion } from "../version.ts";
import { ask } from "./input/ask.ts";

export interface Choice {
  url: string;
  token: string;
  /** What the person named; undefined when nothing. */
  word: string | undefined;
  /** Whether the daemon is elsewhere, so that folders of this machine mean nothing there. */
  remote: boolean;
}

/**
 * The session that is meant. Without a word: the only one; of several the person chooses; when there is none, one is started if
 * they like.
 *
 * @returns null when the person wants none
 * @throws CliError when none fits, or nobody can be asked
 */
export async function chooseSession(io: Io, api: DaemonApi, choice: Choice): Promise<SessionRecord | null> {
  const { word, remote } = choice;
  const sessions = (await api.sessions.list()).toSorted(compareRecords);
  if (word !== undefined) return mustBeLive(findSession(sessions, word));
  const live = sessions.filter(({ status }) => status === "live");
  const [only] = live;
  if (only && live.length === 1) return only;
  if (!only) return startOne(io, api, remote);
  if (!isInteractive(io))
    throw new CliError(`There are ${live.length} open sessions: name one, \`pier ls\` lists them.`);
  return canDraw(io) ? pickLive(io, api, choice) : pick(io, live);
}

function mustBeLive(session: SessionRecord): SessionRecord {
  if (session.status === "live") return session;
  throw new CliError(`That session is closed: \`pier resume ${session.id.slice(0, 8)}\` opens it again.`);
}

/** Shows the sessions as they are while the person looks. */
async function pickLive(io: Io, api: DaemonApi, { url, token, remote }: Choice): Promise<SessionRecord | null> {
  const { pickSession } = await import("@pier/tui");
  const connection = connect({ url, token, client: { name: "pier", version: cliVersion } });
  try {
    const rest = api.sessions;
    const id = await pickSession({ connection, rest, env: io.env, ...(!remote && { folder: io.cwd }) });
    return id === null ? null : await rest.get(id);
  } finally {
    connection.close();
  }
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

async function startOne(io: Io, api: DaemonApi, remote: boolean): Promise<SessionRecord | null> {
  if (remote)
    throw new CliError("No session is open there: start one on that machine with `pier new`, or in a browser.");
  if (!isInteractive(io)) throw new CliError("No session is open: `pier new` starts one.");
  const answer = await ask(io, `No session is open. Start one in ${homePath(io.cwd, io.env)}? y/N `);
  if (answer === null || !/^y(es)?$/i.test(answer)) return null;
  return api.sessions.create({ working_dir: io.cwd });
}
