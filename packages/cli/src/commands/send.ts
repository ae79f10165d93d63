import { text as readAll } from "node:stream/consumers";
import type { SessionRecord } from "@pier/protocol";
import { neutralise } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { findSession } from "../sessions/find-session.ts";
import { openSession } from "../sessions/open-session.ts";
import { promptAndSettle } from "../sessions/prompt-and-settle.ts";
import { recordSocket } from "../sessions/record-socket.ts";
import { titleOf } from "./one-session.ts";

export interface SendFlags extends DataDirFlag {
  wait?: boolean;
  json?: boolean;
}

/** `pier send` */
export async function send(
  io: Io,
  word: string,
  text: string,
  { wait = false, json = false, ...flags }: SendFlags,
): Promise<void> {
  const daemon = await localDaemon(io, flags);
  const session = findSession(await daemon.api.sessions.list(), word);
  refuseClosed(session);
  const prompt = text === "-" ? (await readAll(io.stdin)).replace(/\r?\n$/, "") : text;
  if (prompt.trim() === "") throw new CliError("There is nothing to send: the text is empty.");
  const WebSocket = json ? recordSocket(session.id, (record) => print(io, record)) : undefined;
  const { attachment, close } = await openSession(daemon, session.id, {
    window: { messages: 1 },
    ...(WebSocket && { WebSocket }),
  });
  try {
    if (!wait && !json) {
      await attachment.prompt(prompt, { streamingBehavior: "steer" });
      return;
    }
    const settled = await promptAndSettle(attachment, prompt, {
      onQuestion: (dialog) => {
        const title = neutralise(dialog.title ?? dialog.method);
        io.stderr.write(
          `pier: ${titleOf(session)} asks "${title}": answer it with \`pier attach ${session.id.slice(0, 8)}\`.\n`,
        );
      },
    });
    if (!json && settled.text !== null) print(io, io.stdout.isTTY ? neutralise(settled.text) : settled.text);
    if (settled.error !== null) throw new CliError(settled.error);
  } finally {
    close();
  }
}

function refuseClosed(session: SessionRecord): void {
  if (session.status === "live") return;
  throw new CliError(`${titleOf(session)} is closed: \`pier resume ${session.id.slice(0, 8)}\` opens it.`);
}
