import type { SessionRecord } from "@pier/protocol";
import { neutralise, neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import { withDaemon } from "../daemon/with-daemon.ts";
import { type Io, print } from "../io.ts";
import { sessionThere } from "../sessions/session-there.ts";

/** `pier kill` */
export async function kill(io: Io, word: string, flags: DaemonFlags): Promise<void> {
  await withSession(io, word, flags, async (daemon, session) => {
    if (session.status === "closed") throw new CliError(`${titleOf(session)} is closed already.`);
    await daemon.api.sessions.kill(session.id);
    const back = session.ephemeral
      ? "It was ephemeral: nothing of it is kept."
      : `\`${commandFor(daemon, "resume", session.id)}\` opens it again.`;
    print(io, `Closed ${titleOf(session)}. ${back}`);
    if (session.worktree) await (await import("./offer-cleanup.ts")).offerCleanup(io, daemon, session);
  });
}

/** `pier resume` */
export async function resume(io: Io, word: string, flags: DaemonFlags): Promise<void> {
  await withSession(io, word, flags, async (daemon, session) => {
    const join = `\`${commandFor(daemon, "attach", session.id)}\` joins it.`;
    if (session.status === "live") throw new CliError(`${titleOf(session)} is open already: ${join}`);
    await daemon.api.sessions.resume(session.id);
    print(io, `Opened ${titleOf(session)}. ${join}`);
  });
}

/** `pier logs` */
export async function logs(io: Io, word: string, flags: DaemonFlags): Promise<void> {
  await withSession(io, word, flags, async (daemon, session) => {
    const text = await daemon.api.logs(session.id);
    if (text.trim() === "") io.stderr.write(`pi said nothing on stderr in ${titleOf(session)}.\n`);
    // A program may want it as it is; a terminal must not be told what to do.
    else io.stdout.write((io.stdout.isTTY ? neutralise(text) : text).replace(/\n?$/, "\n"));
  });
}

/** What to call a session in a sentence. */
export function titleOf({ id, name }: Pick<SessionRecord, "id" | "name">): string {
  return name === null ? `session ${id.slice(0, 8)}` : `session ${id.slice(0, 8)} (${neutraliseLine(name)})`;
}

/** Works on the session that a word names. */
export async function withSession(
  io: Io,
  word: string,
  flags: DaemonFlags,
  work: (daemon: Daemon, session: SessionRecord) => Promise<void>,
): Promise<void> {
  await withDaemon(io, flags, async (daemon) => work(daemon, await sessionThere(daemon.api, word)));
}
