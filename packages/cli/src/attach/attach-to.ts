import type { PierConnection } from "@pier/client";
import type { ClientEnd } from "@pier/tui";
import { CliError } from "../cli-error.ts";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import { noteUse } from "../daemon/with-daemon.ts";
import { canDraw, type Io, isInteractive, print } from "../io.ts";
import { openConnection, openSession } from "../sessions/open-session.ts";
import { paintFor } from "../text/style.ts";
import { unreachable } from "../transport/unreachable.ts";

export interface AttachOptions {
  /** Text in and text out, in a terminal too. */
  plain?: boolean;
  /** The command that comes back to a session; `pier attach …` when absent. */
  back?: (session: string) => string;
}

/** What is asked of a transcript at first, and how much deltas are gathered: a terminal need not draw faster. */
const opening = { window: { messages: 60, bytes: 128 * 1024 }, coalesce: 30 };

/**
 * Follows a session until the person leaves or it is gone. Connecting and loading the client go on while the session is
 * chosen.
 *
 * @param choose says which session; null for none
 * @throws CliError, or the daemon's own error, when the daemon cannot be reached, refuses, or goes for good
 */
export async function attachTo(
  io: Io,
  daemon: Daemon,
  choose: (connection: PierConnection) => Promise<string | null>,
  { plain = false, back = (session) => commandFor(daemon, "attach", session) }: AttachOptions = {},
): Promise<void> {
  let refused: Error | undefined;
  const connection = await openConnection(daemon, opening, (error) => (refused = error));
  try {
    const full = canDraw(io) && !plain;
    const client = full ? import("./run-full-client.ts") : import("./run-plain-client.ts");
    const [session, { runClient }] = await Promise.all([choose(connection), client]);
    if (session === null) return;
    const opened = await openSession(connection, session, opening);
    await noteUse(io, daemon);
    const end = await runClient(io, daemon, opened);
    if (refused) throw await unreachable(daemon.url, refused);
    sayEnd(io, { connection, end, back });
  } finally {
    connection.close();
  }
}

function sayEnd(
  io: Io,
  { connection, end, back }: { connection: PierConnection; end: ClientEnd } & Required<Pick<AttachOptions, "back">>,
): void {
  // Why the daemon wants no more of us says more than that the client ended.
  if (connection.state.status === "closed") throw connection.state.reason;
  if (end.failed) throw new CliError(end.reason ?? "The last turn failed.");
  if (end.reason !== null) io.stderr.write(`${end.reason}\n`);
  else if (isInteractive(io)) {
    const paint = paintFor(io.stdout, io.env);
    print(io, `\n${paint("Left; the session goes on. Come back with:", "dim")}\n  ${back(end.session)}`);
  }
}
