import type { Attachment } from "@pier/client";
import { DaemonApi } from "../daemon/daemon-api.ts";
import { errorSentence } from "../error-sentence.ts";
import { type Io, isInteractive } from "../io.ts";
import type { OpenSession } from "../sessions/open-session.ts";
import { paintFor } from "../text/style.ts";
import { runClientCommand } from "./client-commands.ts";
import { Follower } from "./follower.ts";
import type { LineInput } from "./input/line-input.ts";
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

/** How a conversation ended. */
export interface Left {
  /** What to say of it; null when the person left by themselves. */
  reason: string | null;
  failed: boolean;
}

/** A person, or a program that pipes lines, and one session: what is shown, and what is done with each line. */
export class Conversation {
  readonly left: Promise<Left>;
  readonly #left = Promise.withResolvers<Left>();
  readonly #attachment: Attachment;
  readonly #api: DaemonApi;
  readonly #interactive: boolean;
  readonly #screen: Screen;
  readonly #follower: Follower;
  readonly #dialogs: OpenDialogs;
  readonly #piped: PipedLines;
  readonly #input: LineInput;
  readonly #unsubscribe: () => void;
  #typed = { line: "", cursor: 0 };
  /** Whether the turn was told to stop and has not yet. */
  #stopping = false;

  constructor(io: Io, { connection, attachment, url, token }: OpenSession & { url: string; token: string }) {
    this.left = this.#left.promise;
    this.#attachment = attachment;
    this.#api = new DaemonApi({ url, token });
    this.#interactive = isInteractive(io);
    const paint = paintFor(io.stdout, io.env);
    this.#screen = this.#interactive ? new TerminalScreen(io.stdout, paint) : plainScreen(io.stdout, paint);
    this.#follower = new Follower({
      connection,
      attachment,
      screen: this.#screen,
      onGone: (reason, ended) => this.#left.resolve({ reason, failed: ended === "failed" }),
      onEditorText: (text) => {
        if (this.#input.line === "") this.#input.setLine(text);
      },
    });
    this.#dialogs = new OpenDialogs(attachment, {
      show: (chunks) => this.#show(chunks),
      onCurrent: () => {
        this.#drawInput();
        this.#piped.pump();
      },
    });
    this.#piped = new PipedLines({
      attachment,
      dialogs: this.#dialogs,
      leave: (failed) => this.#left.resolve({ reason: null, failed }),
      fail: (error) => this.#fail(error),
    });
    this.#follower.start();
    this.#unsubscribe = attachment.subscribe((change) => {
      if (!attachment.transcript.live.running) this.#onIdle();
      if (change.kind === "ui") this.#dialogs.update(change.closed);
      else if (change.kind === "reset" || change.kind === "status") this.#dialogs.update();
    });
    const events = {
      onLine: (text: string) => this.#handleLine(text),
      onEdit: (text: string, cursor: number) => {
        this.#typed = { line: text, cursor };
        this.#drawInput();
      },
      onInterrupt: () => this.#handleInterrupt(),
      onEnd: () => (this.#interactive ? this.leave() : this.#piped.end()),
    };
    this.#input = this.#interactive ? new TerminalInput(io.stdin, events) : pipedInput(io.stdin, events);
    this.#dialogs.update();
  }

  leave(): void {
    this.#left.resolve({ reason: null, failed: false });
  }

  /** Ends what listens and leaves the terminal as it was. */
  close(): void {
    this.#unsubscribe();
    this.#follower.stop();
    this.#input.close();
    this.#screen.close();
  }

  #handleLine(text: string): void {
    const isCommand = text.startsWith("//") && (this.#dialogs.current?.method !== "editor" || text === "//cancel");
    if (isCommand) this.#runCommand(text).catch((error: unknown) => this.#fail(error));
    else if (this.#dialogs.current) this.#dialogs.take(text);
    else if (!this.#interactive) this.#piped.add(text);
    else if (text.trim() !== "") say(this.#attachment, text).catch((error: unknown) => this.#fail(error));
  }

  #runCommand(text: string): Promise<void> {
    const context = {
      attachment: this.#attachment,
      show: (chunks: readonly Chunk[]) => this.#show(chunks),
      leave: () => this.leave(),
      cancelQuestion: () => this.#dialogs.cancel(),
      settleOffer: (prompt: string, action: "send" | "dismiss") =>
        this.#api.sessions.settleOffer(this.#attachment.session, prompt, action),
    };
    return runClientCommand(context, text);
  }

  /** Ctrl+C: stops a turn, then leaves; closes a question; clears what is typed; leaves. */
  #handleInterrupt(): void {
    if (!this.#interactive || this.#stopping) return this.leave();
    if (this.#attachment.transcript.live.running) {
      this.#stopping = true;
      this.#follower.showStatus("stopping the turn; Ctrl+C again leaves");
      this.#attachment.abort().catch((error: unknown) => this.#fail(error));
    } else if (!this.#dialogs.cancel()) {
      if (this.#input.line === "") this.leave();
      else this.#input.setLine("");
    }
  }

  #onIdle(): void {
    if (!this.#stopping) return;
    this.#stopping = false;
    this.#follower.showStatus("");
  }

  #drawInput(): void {
    const { current } = this.#dialogs;
    this.#screen.setInput({ prompt: current ? dialogPrompt(current) : "› ", ...this.#typed });
  }

  #show(chunks: readonly Chunk[]): void {
    this.#follower.note(chunks);
  }

  #fail(error: unknown): void {
    this.#show([line(errorSentence(error), "bad")]);
  }
}
