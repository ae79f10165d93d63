import type { Notice, SessionInfo } from "@pier/protocol";
import type { Style } from "../text/style.ts";
import { onGone, type OnGoneOptions } from "./on-gone.ts";
import { type Chunk, line } from "./render/chunk.ts";
import { TranscriptPrinter } from "./render/transcript-printer.ts";

export interface FollowerOptions extends OnGoneOptions {
  write(chunks: readonly Chunk[]): void;
  /** The session, or the way to it, is gone for good. */
  onGone(reason: string, failed: boolean): void;
}

/** How many messages of before are shown. */
const shownAtFirst = 20;

/** Shows what happens in a session. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #printer = new TranscriptPrinter();
  readonly #ends: (() => void)[] = [];
  #connected = true;
  #lastExit: string | undefined;
  #model = "";
  #offered = "";

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Shows the last messages and follows from there. */
  start(): void {
    const { connection, attachment } = this.#options;
    const { transcript } = attachment;
    const messages = transcript.items.slice(-shownAtFirst).map(({ message }) => message);
    this.#lastExit = exitOf(transcript.info);
    this.#model = this.#modelText();
    this.#write([line(this.#heading(), "bold")]);
    if (transcript.hasOlder || transcript.items.length > messages.length)
      this.#write([line("… earlier messages are not shown here", "dim")]);
    this.#write([...this.#printer.items(messages), ...this.#printer.live(transcript.live)]);
    this.#showOffered();
    this.#ends.push(
      attachment.subscribe((change) => {
        switch (change.kind) {
          case "items":
            return this.#write(this.#printer.items(transcript.items.slice(change.from).map(({ message }) => message)));
          case "reset":
            return this.#showSnapshot();
          case "live":
            this.#write(this.#printer.live(transcript.live));
            return this.#showModel();
          case "info":
            return this.#onInfo();
          case "notice":
            if (!change.missed) this.#onUiNotice(change.request);
            break;
          case "status":
          case "ui":
          case "older":
          case "presence":
          case "trimmed":
            break;
        }
      }),
      connection.onState(() => this.#onConnection()),
      onGone(this.#options, (reason, failed) => this.#options.onGone(reason, failed)),
      connection.onNotice((notice) => this.#onNotice(notice)),
      connection.onError((error) => {
        // What ends a connection is told by its state.
        if (connection.state.status === "open") this.note([line(error.message, "bad")]);
      }),
    );
  }

  /** Shows something that is not part of the transcript. */
  note(chunks: readonly Chunk[]): void {
    this.#write(this.#printer.note(chunks));
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #write(chunks: readonly Chunk[]): void {
    if (chunks.length > 0) this.#options.write(chunks);
  }

  #heading(): string {
    const { info, session } = this.#options.attachment.transcript;
    const parts = [
      info?.name ?? `Session ${session.slice(0, 8)}`,
      info?.cwd,
      this.#modelText(),
      info?.demo ? "the answers are scripted" : "",
    ];
    return parts.filter(Boolean).join(" · ");
  }

  #modelText(): string {
    const { info, live } = this.#options.attachment.transcript;
    if (info?.demo) return "demo model";
    const model = live.pi?.model?.id ?? info?.model;
    const level = live.pi?.thinkingLevel ?? info?.thinkingLevel;
    return model === undefined ? "" : model + (level === undefined || level === "off" ? "" : ` (${level})`);
  }

  #showModel(): void {
    const model = this.#modelText();
    if (model === this.#model || model === "") return;
    if (this.#model !== "") this.note([line(`Model: ${model}`, "dim")]);
    this.#model = model;
  }

  #showSnapshot(): void {
    const { transcript } = this.#options.attachment;
    const { chunks, continued } = this.#printer.snapshot(transcript.items.map(({ message }) => message));
    if (!continued) this.note([line("— Another conversation, or much of this one while away: —", "dim")]);
    this.#write([...chunks, ...this.#printer.live(transcript.live)]);
    this.#onInfo();
  }

  #onInfo(): void {
    const { info } = this.#options.attachment.transcript;
    const exit = exitOf(info);
    if (exit !== this.#lastExit && info?.lastExit) this.note([line(`pi ended: ${info.lastExit.message}`, "bad")]);
    this.#lastExit = exit;
    this.#showOffered();
  }

  /** A prompt that pi lost is not sent again without asking. */
  #showOffered(): void {
    const { offered } = this.#options.attachment.transcript;
    const ids = offered.map(({ id }) => id).join();
    if (ids === this.#offered) return;
    this.#offered = ids;
    const chunks = offered.flatMap(({ text }) => [line(`  › ${text.split("\n", 1)[0]}`, "accent")]);
    if (chunks.length > 0)
      this.note([
        line("pi ended before it saved this. //send sends it again, //dismiss forgets it:", "warning"),
        ...chunks,
      ]);
  }

  #onConnection(): void {
    const { state } = this.#options.connection;
    const connected = state.status === "open";
    if (state.status === "connecting" || state.status === "closed" || connected === this.#connected) return;
    this.#connected = connected;
    this.note([
      connected
        ? line("Connected again.", "dim")
        : line(`The connection was lost at ${timeOfDay()}; trying again. The session goes on.`, "warning"),
    ]);
  }

  #onNotice({ level, message }: Notice): void {
    this.note([line(message, levelStyles[level])]);
  }

  #onUiNotice(request: { method: string; [member: string]: unknown }): void {
    const { method, message, notifyType } = request;
    if (method !== "notify" || typeof message !== "string") return;
    const level = notifyType === "error" || notifyType === "warning" ? notifyType : "info";
    this.note([line(message, levelStyles[level])]);
  }
}

const levelStyles: Record<Notice["level"], Style> = { info: "accent", warning: "warning", error: "bad" };

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 5);
}

/** Tells one end of a process from another. */
function exitOf(info: SessionInfo | null): string | undefined {
  return info?.lastExit ? `${info.lastExit.code} ${info.lastExit.message} ${info.lastActiveAt}` : undefined;
}
