import type { Attachment } from "@pier/client";
import type { ClientEnd } from "@pier/tui";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import { errorSentence } from "../error-sentence.ts";
import { type Io, isInteractive } from "../io.ts";
import type { OpenSession } from "../sessions/open-session.ts";
import { paintFor } from "../text/style.ts";
import { runClientCommand } from "./client-commands.ts";
import { Follower } from "./follower.ts";
import { readLines } from "./input/read-lines.ts";
import { OpenDialogs } from "./open-dialogs.ts";
import { PipedLines } from "./piped-lines.ts";
import { type Chunk, line } from "./render/chunk.ts";
import { writeChunks } from "./render/write-chunks.ts";
import { say } from "./say.ts";

/** A session as a stream of text, for programs, and for terminals that can do no more: what happens comes out, lines go in. */
export class PlainClient {
  readonly ended: Promise<ClientEnd>;
  readonly #ended = Promise.withResolvers<ClientEnd>();
  readonly #attachment: Attachment;
  readonly #daemon: Daemon;
  /** Whether a person types the lines: then none waits for the turn of the one before. */
  readonly #typed: boolean;
  readonly #follower: Follower;
  readonly #dialogs: OpenDialogs;
  readonly #piped: PipedLines;
  readonly #ends: (() => void)[];
  /** Whether the turn was told to stop and has not yet. */
  #stopping = false;

  constructor(io: Io, daemon: Daemon, { connection, attachment }: OpenSession) {
    this.ended = this.#ended.promise;
    this.#attachment = attachment;
    this.#daemon = daemon;
    this.#typed = isInteractive(io);
    const paint = paintFor(io.stdout, io.env);
    this.#follower = new Follower({
      connection,
      attachment,
      write: (chunks) => writeChunks(io.stdout, paint, chunks),
      resume: (session) => commandFor(daemon, "resume", session),
      onGone: (reason, failed) => this.#end(reason, failed),
    });
    this.#dialogs = new OpenDialogs(attachment, {
      show: (chunks) => this.#show(chunks),
      onCurrent: () => this.#piped.pump(),
    });
    this.#piped = new PipedLines({
      attachment,
      dialogs: this.#dialogs,
      leave: (failed) => this.#end(null, failed),
      fail: (error) => this.#fail(error),
    });
    this.#follower.start();
    this.#ends = [
      attachment.subscribe((change) => {
        if (!attachment.transcript.live.running) this.#stopping = false;
        if (change.kind === "ui") this.#dialogs.update(change.closed);
        else if (change.kind === "reset" || change.kind === "status") this.#dialogs.update();
      }),
      readLines(io.stdin, {
        onLine: (text) => this.#handleLine(text),
        onInterrupt: () => this.#handleInterrupt(),
        onEnd: () => (this.#typed ? this.leave() : this.#piped.end()),
      }),
    ];
    this.#dialogs.update();
  }

  leave(): void {
    this.#end(null, false);
  }

  /** Ends what listens. */
  close(): void {
    for (const end of this.#ends) end();
    this.#follower.stop();
  }

  #end(reason: string | null, failed: boolean): void {
    this.#ended.resolve({ reason, failed, session: this.#attachment.session });
  }

  #handleLine(text: string): void {
    const isCommand = text.startsWith("//") && (this.#dialogs.current?.method !== "editor" || text === "//cancel");
    if (isCommand) this.#runCommand(text).catch((error: unknown) => this.#fail(error));
    else if (this.#dialogs.current) this.#dialogs.take(text);
    else if (!this.#typed) this.#piped.add(text);
    else if (text.trim() !== "") say(this.#attachment, text).catch((error: unknown) => this.#fail(error));
  }

  #runCommand(text: string): Promise<void> {
    const context = {
      attachment: this.#attachment,
      show: (chunks: readonly Chunk[]) => this.#show(chunks),
      leave: () => this.leave(),
      cancelQuestion: () => this.#dialogs.cancel(),
      settleOffer: (prompt: string, action: "send" | "dismiss") =>
        this.#daemon.api.sessions.settleOffer(this.#attachment.session, prompt, action),
    };
    return runClientCommand(context, text);
  }

  /** Ctrl+C of a person: stops a turn, then leaves; closes a question; leaves. */
  #handleInterrupt(): void {
    if (!this.#typed || this.#stopping) return this.leave();
    if (this.#attachment.transcript.live.running) {
      this.#stopping = true;
      this.#show([line("Stopping the turn; Ctrl+C again leaves.", "dim")]);
      this.#attachment.abort().catch((error: unknown) => this.#fail(error));
    } else if (!this.#dialogs.cancel()) this.leave();
  }

  #show(chunks: readonly Chunk[]): void {
    this.#follower.note(chunks);
  }

  #fail(error: unknown): void {
    this.#show([line(errorSentence(error), "bad")]);
  }
}
