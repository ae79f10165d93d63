import { text as readAll } from "node:stream/consumers";
import type { SessionRecord } from "@pier/protocol";
import { neutralise } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import { withDaemon } from "../daemon/with-daemon.ts";
import { type Io, print } from "../io.ts";
import { openConnection, openSession } from "../sessions/open-session.ts";
import { promptAndSettle } from "../sessions/prompt-and-settle.ts";
import { recordSocket } from "../sessions/record-socket.ts";
import { sessionThere } from "../sessions/session-there.ts";
import { titleOf } from "./one-session.ts";

export interface SendFlags extends DaemonFlags {
  wait?: boolean;
  json?: boolean;
}

/** `pier send` */
export async function send(io: Io, word: string, text: string, flags: SendFlags): Promise<void> {
  await withDaemon(io, flags, async (daemon) => {
    const session = await sessionThere(daemon.api, word);
    if (session.status !== "live") {
      const resume = commandFor(daemon, "resume", session.id);
      throw new CliError(`${titleOf(session)} is closed: \`${resume}\` opens it.`);
    }
    const prompt = text === "-" ? (await readAll(io.stdin)).replace(/\r?\n$/, "") : text;
    if (prompt.trim() === "") throw new CliError("There is nothing to send: the text is empty.");
    await sendTo(io, daemon, session, prompt, flags);
  });
}

async function sendTo(
  io: Io,
  daemon: Daemon,
  session: SessionRecord,
  prompt: string,
  { wait = false, json = false }: SendFlags,
): Promise<void> {
  const connection = await openConnection(daemon, {
    ...(json && { wrap: (WebSocket) => recordSocket(WebSocket, session.id, (record) => print(io, record)) }),
  });
  try {
    const { attachment } = await openSession(connection, session.id, { window: { messages: 1 } });
    if (!wait && !json) {
      await attachment.prompt(prompt, { streamingBehavior: "steer" });
      return;
    }
    const settled = await promptAndSettle(attachment, prompt, {
      onQuestion: (dialog) => {
        const title = neutralise(dialog.title ?? dialog.method);
        const attach = commandFor(daemon, "attach", session.id);
        io.stderr.write(`pier: ${titleOf(session)} asks "${title}": answer it with \`${attach}\`.\n`);
      },
    });
    if (!json && settled.text !== null) print(io, io.stdout.isTTY ? neutralise(settled.text) : settled.text);
    if (settled.error !== null) throw new CliError(settled.error);
  } finally {
    connection.close();
  }
}
