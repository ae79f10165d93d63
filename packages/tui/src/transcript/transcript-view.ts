import type { Transcript } from "@pier/client";
import { record, string } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";
import { isHiddenMessage } from "@pier/protocol/runtime";
import { limits } from "../limits.ts";
import type { Block } from "../screen/block.ts";
import type { Scrollback } from "../screen/scrollback.ts";
import { Stack } from "../screen/stack.ts";
import { Spaced } from "./base/spaced.ts";
import { firstThatFits } from "./estimate-rows.ts";
import { LiveParts } from "./live-parts.ts";
import { messageBlocks } from "./message-blocks.ts";
import { AssistantView, type Kind } from "./messages/assistant-view.ts";
import { Notes } from "./notes.ts";
import type { Setting } from "./setting.ts";
import { TextBlock } from "./text-block.ts";
import { ToolCallView } from "./tools/tool-call-view.ts";
import { ToolCalls } from "./tools/tool-calls.ts";
import type { View } from "./view.ts";

/** A transcript as blocks: finished messages, then what is in flight. */
export class TranscriptView implements Scrollback {
  readonly #view: View;
  readonly #setting: Setting;
  readonly #finished = new Stack();
  readonly #calls = new ToolCalls();
  readonly #live: LiveParts;
  #transcript: Transcript;
  #notes = new Notes();
  /** The last item that is not shown any more; null when all are. */
  #hidden: string | null = null;
  /** What the finished part ends with. */
  #kind: Kind = null;
  /** Of the last frame. */
  #width = 80;
  /** How many rows of history are brought back. */
  #rows: number = limits.restoredRows;
  /** The first item when all was drawn last. */
  #oldest: string | undefined;
  #outdated = false;

  constructor(transcript: Transcript, view: View) {
    this.#transcript = transcript;
    this.#view = view;
    const cwd = (): string | undefined => this.#transcript.info?.cwd;
    this.#setting = {
      view,
      outdate: () => {
        this.#outdated = true;
      },
      get cwd() {
        return cwd();
      },
    };
    this.#live = new LiveParts(this.#setting, this.#calls);
    this.restore();
  }

  /** Shows another transcript. */
  follow(transcript: Transcript): void {
    this.#transcript = transcript;
    this.#notes = new Notes();
    this.#hidden = null;
    this.#rows = limits.restoredRows;
    this.#oldest = undefined;
    this.restore();
  }

  /** Shows only what comes from now on, or everything again, once all is drawn anew. */
  showFrom(start: "now" | "beginning"): void {
    this.#hidden = start === "now" ? (this.#transcript.items.at(-1)?.key ?? null) : null;
    if (start === "now") this.#notes = new Notes();
  }

  /** Whether rows that left the screen are no longer right. */
  get outdated(): boolean {
    return this.#outdated;
  }

  render(width: number): readonly string[] {
    this.#width = width;
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
    this.#outdated = false;
    this.#finished.clear();
    this.#calls.clear();
    this.#live.clear();
    this.#kind = null;
    const { items, hasOlder } = this.#transcript;
    this.#noticeOlder(items);
    const hidden = this.#hidden === null ? 0 : items.findIndex(({ key }) => key === this.#hidden) + 1;
    const from = Math.max(this.#firstShown(), hidden);
    if (from > 0 || hasOlder) this.#sayEarlier();
    else this.#addNotes(this.#notes.first);
    const shown = items.slice(from);
    const notes = this.#notes.byItem(shown);
    for (const item of shown) {
      this.#addItem(item);
      this.#addNotes(notes.get(item.key) ?? []);
    }
    this.updateLive();
  }

  /** Brings back more of what came before the first message that is shown, with the next `restore`. Returns whether there is any here. */
  showEarlier(): boolean {
    if (this.#hidden !== null) {
      this.#hidden = null;
      return true;
    }
    if (this.#firstShown() === 0) return false;
    this.#rows += limits.restoredRows;
    return true;
  }

  /** Adds items that were finished, from an index on. */
  addItems(from: number): void {
    for (const item of this.#transcript.items.slice(from)) this.#addItem(item);
  }

  /** Shows what is in flight as it is now. */
  updateLive(): void {
    this.#live.update(this.#transcript.live, this.#kind, this.#notes.pending);
    if (!this.#live.message) this.#settleNotes(this.#transcript.items.at(-1) ?? null);
  }

  /** Says something between the messages; below the one that is in flight. */
  note(block: Block): void {
    if (this.#live.message) {
      this.#notes.add(block, "pending");
    } else {
      this.#notes.add(block, this.#transcript.items.at(-1) ?? null);
      this.#add(block, "words");
    }
    this.updateLive();
  }

  /** What was said below the message in flight stands below an item from now on. */
  #settleNotes(item: TranscriptItem | null): void {
    const { pending } = this.#notes;
    if (pending.length === 0) return;
    this.#notes.settle(item);
    this.#addNotes(pending);
    this.#live.update(this.#transcript.live, this.#kind, []);
  }

  #addNotes(notes: readonly Block[]): void {
    for (const note of notes) this.#add(note, "words");
  }

  #addItem(item: TranscriptItem): void {
    const { message } = item;
    if (isHiddenMessage(message)) return;
    switch (message.role) {
      case "assistant":
        this.#addAssistant(item);
        break;
      case "toolResult":
        this.#addResult(message);
        break;
      default:
        if (message.role === "user") this.#calls.close();
        for (const block of messageBlocks(message, this.#view)) this.#add(block, "words");
    }
  }

  #addAssistant(item: TranscriptItem): void {
    this.#calls.close();
    const open = this.#live.takeMessage();
    const view = open ?? new AssistantView(this.#setting, this.#calls);
    view.finish(item.message, this.#kind);
    this.#calls.forgetOpen();
    this.#kind = view.kind;
    this.#finished.add(view);
    if (open) this.#settleNotes(item);
  }

  #addResult(message: object): void {
    const { toolCallId, toolName } = record(message);
    if (this.#calls.answer(string(toolCallId), message)) return;
    // The call is not in the transcript, or not held here.
    const view = new ToolCallView(this.#setting);
    view.setCall({ name: string(toolName), args: {}, state: "finished" });
    view.answer(message);
    this.#add(view, "tool");
  }

  #add(block: Block, kind: Kind): void {
    if (this.#live.message?.dropped) this.#outdated = true;
    const close = kind === "tool" && this.#kind === "tool" && !this.#view.expanded;
    this.#finished.add(new Spaced(block, this.#kind !== null && !close));
    this.#kind = kind;
  }

  #sayEarlier(): void {
    const { theme } = this.#view;
    this.#add(new TextBlock("… earlier messages: //older shows them", (row) => theme.fg("dim", row)), "words");
  }

  #firstShown(): number {
    const { expanded } = this.#view;
    return firstThatFits(this.#transcript.items, { width: this.#width, rows: this.#rows, expanded });
  }

  /** Older messages that were asked for are to be seen: with them more is brought back. */
  #noticeOlder(items: readonly TranscriptItem[]): void {
    const oldest = this.#oldest;
    this.#oldest = items[0]?.key;
    if (oldest === undefined || oldest === this.#oldest) return;
    if (items.some(({ key }) => key === oldest)) this.#rows += limits.restoredRows;
  }
}
