import type { SessionRecord } from "@pier/protocol";
import { neutralise, neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { type LocalDaemon, localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { findSession } from "../sessions/find-session.ts";

/** `pier kill` */
export async function kill(io: Io, word: string, flags: DataDirFlag): Promise<void> {
  const { daemon, session } = await find(io, word, flags);
  if (session.status === "closed") throw new CliError(`${titleOf(session)} is closed already.`);
  await daemon.api.sessions.kill(session.id);
  const back = session.ephemeral
    ? "It was ephemeral: nothing of it is kept."
    : `\`pier resume ${session.id.slice(0, 8)}\` opens it again.`;
  print(io, `Closed ${titleOf(session)}. ${back}`);
}

/** `pier resume` */
export async function resume(io: Io, word: string, flags: DataDirFlag): Promise<void> {
  const { daemon, session } = await find(io, word, flags);
  if (session.status === "live")
    throw new CliError(`${titleOf(session)} is open already: \`pier attach ${session.id.slice(0, 8)}\` joins it.`);
  await daemon.api.sessions.resume(session.id);
  print(io, `Opened ${titleOf(session)}. \`pier attach ${session.id.slice(0, 8)}\` joins it.`);
}

/** `pier logs` */
export async function logs(io: Io, word: string, flags: DataDirFlag): Promise<void> {
  const { daemon, session } = await find(io, word, flags);
  const text = await daemon.api.logs(session.id);
  if (text.trim() === "") io.stderr.write(`pi said nothing on stderr in ${titleOf(session)}.\n`);
  // A program may want it as it is; a terminal must not be told what to do.
  else io.stdout.write((io.stdout.isTTY ? neutralise(text) : text).replace(/\n?$/, "\n"));
}

/** What to call a session in a sentence. */
export function titleOf({ id, name }: Pick<SessionRecord, "id" | "name">): string {
  return name === null ? `session ${id.slice(0, 8)}` : `session ${id.slice(0, 8)} (${neutraliseLine(name)})`;
}

async function find(
  io: Io,
  word: string,
  flags: DataDirFlag,
): Promise<{ daemon: LocalDaemon; session: SessionRecord }> {
  const daemon = await localDaemon(io, flags);
  return { daemon, session: findSession(await daemon.api.sessions.list(), word) };
}
