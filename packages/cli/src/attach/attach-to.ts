import { CliError } from "../cli-error.ts";
import { DaemonApi } from "../daemon/daemon-api.ts";
import { errorSentence } from "../error-sentence.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { openSession } from "../sessions/open-session.ts";
import { paintFor } from "../text/style.ts";
import { runClientCommand } from "./client-commands.ts";
import { Follower } from "./follower.ts";
import type { LineInput, LineInputEvents } from "./input/line-input.ts";
import { pipedInput } from "./input/piped-input.ts";
import { TerminalInput } from "./input/terminal-input.ts";
import { OpenDialogs } from "./open-dialogs.ts";
import { PipedLines } from "./piped-lines.ts";
import { type Chunk, line } from "./render/chunk.ts";
import { dialogPrompt } from "./render/dialog.ts";
import { say } from "./say.ts";
import { plainScreen } from "./screen/plain-screen.ts";
import type { Screen } from "./screen/screen.ts";
import { TerminalScreen } from "./screen/terminal-screen.ts";

export interface AttachTo {
  url: string;
  token: string;
  session: string;
  /** The command that comes back here. */
  back: string;
}

/** What is asked of a transcript at first, and how much deltas are gathered: a terminal need not draw faster. */
const opening = { window: { messages: 60, bytes: 128 * 1024 }, coalesce: 30 };

/**
 * Follows a session until the person leaves or it is gone.
 *
 * @throws CliError when the daemon cannot be reached, refuses, or goes for good
 */
export async function attachTo(io: Io, { url, token, session, back }: AttachTo): Promise<void> {
  const { connection, attachment, close } = await openSession({ url, token }, session, opening);
  const interactive = isInteractive(io);
  const paint = paintFor(io.stdout, io.env);
  const screen: Screen = interactive ? new TerminalScreen(io.stdout, paint) : plainScreen(io.stdout, paint);
  const left = Promise.withResolvers<{ reason: string | null; failed: boolean }>();
  const leave = (reason: string | null = null, failed = false): void => left.resolve({ reason, failed });
  const api = new DaemonApi({ url, token });
  let stopping = false;

  const follower = new Follower({
    connection,
    attachment,
    screen,
    onGone: (reason, ended) => leave(reason, ended === "failed"),
    onEditorText: (text) => {
      if (input.line === "") input.setLine(text);
    },
  });
  const show = (chunks: readonly Chunk[]): void => follower.note(chunks);
  const fail = (error: unknown): void => show([line(errorSentence(error), "bad")]);
  const edit = { line: "", cursor: 0 };
  const drawInput = (): void => {
    const prompt = dialogs.current ? dialogPrompt(dialogs.current) : "› ";
    screen.setInput({ prompt, ...edit });
  };
  const dialogs = new OpenDialogs(attachment, {
    show,
    onCurrent: () => {
      drawInput();
      piped.pump();
    },
  });
  const piped = new PipedLines({ attachment, dialogs, leave: (failed) => leave(null, failed), fail });

  const handleLine = (text: string): void => {
    const isCommand = text.startsWith("//") && (dialogs.current?.method !== "editor" || text === "//cancel");
    if (isCommand) {
      const context = {
        attachment,
        show,
        leave: () => leave(),
        cancelQuestion: () => dialogs.cancel(),
        settleOffer: (prompt: string, action: "send" | "dismiss") => api.settleOffer(session, prompt, action),
      };
      runClientCommand(context, text).catch(fail);
    } else if (dialogs.current) dialogs.take(text);
    else if (!interactive) piped.add(text);
    else if (text.trim() !== "") say(attachment, text).catch(fail);
  };
  const handleInterrupt = (): void => {
    if (!interactive) return leave();
    if (attachment.transcript.live.running && !stopping) {
      stopping = true;
      follower.showStatus("stopping the turn; Ctrl+C again leaves");
      attachment.abort().catch(fail);
    } else if (!stopping && dialogs.cancel()) return;
    else if (!stopping && input.line !== "") input.setLine("");
    else leave();
  };
  const events: LineInputEvents = {
    onLine: handleLine,
    onEdit: (text, cursor) => {
      Object.assign(edit, { line: text, cursor });
      drawInput();
    },
    onInterrupt: handleInterrupt,
    onEnd: () => (interactive ? leave() : piped.end()),
  };

  follower.start();
  const unsubscribe = attachment.subscribe((change) => {
    if (stopping && !attachment.transcript.live.running) {
      stopping = false;
      follower.showStatus("");
    }
    if (["ui", "reset", "status"].includes(change.kind))
      dialogs.update(change.kind === "ui" ? change.closed : undefined);
  });
  const input: LineInput = interactive ? new TerminalInput(io.stdin, events) : pipedInput(io.stdin, events);
  dialogs.update();
  const onSignal = (): void => leave();
  process.once("SIGTERM", onSignal).once("SIGHUP", onSignal);

  const { reason, failed } = await left.promise;
  process.off("SIGTERM", onSignal).off("SIGHUP", onSignal);
  unsubscribe();
  follower.stop();
  input.close();
  screen.close();
  close();
  if (failed) throw new CliError(reason ?? "The last turn failed.");
  if (reason !== null) io.stderr.write(`${reason}\n`);
  else if (interactive) print(io, paint(`\nLeft; the session goes on. Come back with: ${back}`, "dim"));
}
