import type { Transcript } from "@pier/client";
import type { AgentMessage, TranscriptItem } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Block } from "../screen/block.ts";
import type { Scrollback } from "../screen/scrollback.ts";
import { Stack } from "../screen/stack.ts";
import { AssistantView } from "./assistant-view.ts";
import { messageBlocks } from "./message-blocks.ts";
import type { MessageView } from "./message-view.ts";
import type { View } from "./view.ts";

/** Something this client said between two messages. */
interface Note {
  /** The item after which it stands. */
  after: string | undefined;
  block: Block;
}

/** A transcript as blocks: finished messages, then what is in flight. */
export class TranscriptView implements Scrollback {
  readonly #view: View;
  readonly #finished = new Stack();
  readonly #live = new Stack();
  #transcript: Transcript;
  #message: MessageView | null = null;
  #notes: Note[] = [];
  /** The last item that is not shown any more; null when all are. */
  #hidden: string | null = null;

  constructor(transcript: Transcript, view: View) {
    this.#transcript = transcript;
    this.#view = view;
    this.restore();
  }

  /** Shows another transcript. */
  follow(transcript: Transcript): void {
    this.#transcript = transcript;
    this.#notes = [];
    this.#hidden = null;
    this.restore();
  }

  /** Shows only what comes from now on, or everything again, once all is drawn anew. */
  showFrom(start: "now" | "beginning"): void {
    this.#hidden = start === "now" ? (this.#transcript.items.at(-1)?.key ?? null) : null;
    if (start === "now") this.#notes = [];
  }

  render(width: number): readonly string[] {
    const finished = this.#finished.render(width);
    const live = this.#live.render(width);
    return live.length === 0 ? finished : [...finished, ...live];
  }

  invalidate(): void {
    this.#finished.invalidate();
    this.#live.invalidate();
  }

  dropAbove(rows: number, width: number): number {
    const dropped = this.#finished.dropAbove(rows, width);
    return this.#finished.blocks.length > 0 ? dropped : dropped + this.#live.dropAbove(rows - dropped, width);
  }

  restore(): void {
    this.#finished.clear();
    this.#live.clear();
    this.#message = null;
    const { items } = this.#transcript;
    const hidden = this.#hidden === null ? 0 : items.findIndex(({ key }) => key === this.#hidden) + 1;
    const from = Math.max(firstRestored(items), hidden);
    for (const note of this.#notes.filter(({ after }) => after === undefined)) this.#finished.add(note.block);
    for (const item of items.slice(from)) this.#addItem(item);
    this.updateLive();
  }

  /** Adds items that were finished, from an index on. */
  addItems(from: number): void {
    for (const item of this.#transcript.items.slice(from)) this.#addItem(item);
  }

  /** Shows what is in flight as it is now. */
  updateLive(): void {
    const { message } = this.#transcript.live;
    if (message?.start.role === "assistant") {
      if (!this.#message) {
        this.#message = new AssistantView(this.#view);
        this.#live.add(this.#message);
      }
      this.#message.update(message);
    } else if (this.#message) {
      this.#live.remove(this.#message);
      this.#message = null;
    }
  }

  /** Says something between the messages. */
  note(block: Block): void {
    this.#notes.push({ after: this.#transcript.items.at(-1)?.key, block });
    if (this.#notes.length > limits.notes) this.#notes.shift();
    this.#finished.add(block);
  }

  #addItem({ key, message }: TranscriptItem): void {
    const view = this.#takeLiveView(message);
    if (view) {
      view.finish(message);
      this.#finished.add(view);
    } else {
      this.#finished.add(...messageBlocks(message, this.#view));
    }
    for (const note of this.#notes) if (note.after === key) this.#finished.add(note.block);
  }

  #takeLiveView(message: AgentMessage): MessageView | null {
    if (message.role !== "assistant") return null;
    const view = this.#message ?? new AssistantView(this.#view);
    this.#live.remove(view);
    this.#message = null;
    return view;
  }
}

/** Where to begin so that about `limits.restoredRows` rows are printed. */
function firstRestored(items: readonly TranscriptItem[]): number {
  return Math.max(0, items.length - limits.restoredRows / 3);
}
