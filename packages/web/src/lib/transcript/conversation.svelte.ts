import type { Change } from "@pier/client";
import type { Body, TranscriptItem } from "@pier/protocol";
import { isHiddenMessage } from "@pier/protocol/runtime";
import { pier } from "#lib/pier/pier.svelte.ts";
import type { SessionView } from "#lib/session/session-view.svelte.ts";
import { copyText } from "#lib/ui/copy-text.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import { Bodies } from "./bodies.svelte.ts";
import { Folds } from "./folds.svelte.ts";
import { keepLeftOff, leftOff } from "./left-off.ts";
import { limits } from "./limits.ts";
import { OlderMessages } from "./older-messages.svelte.ts";
import type { PartRow } from "./rows/row.ts";
import { TranscriptRows } from "./rows/transcript-rows.ts";
import { Scroller } from "./scroll/scroller.svelte.ts";
import { Uploads } from "./uploads.svelte.ts";

/** One session's conversation on the screen: its rows, where it is scrolled, what is open. */
export class Conversation {
  readonly view: SessionView;
  readonly rows: TranscriptRows;
  readonly scroller: Scroller;
  readonly folds = new Folds();
  readonly bodies = new Bodies(pier.rest);
  readonly uploads: Uploads;
  readonly older: OlderMessages;
  /** Whether the place where a person left off is being looked for. */
  isPlacing = $state(false);

  constructor(view: SessionView) {
    this.view = view;
    this.rows = new TranscriptRows(view.transcript, {
      now: () => Date.now(),
      isReading: () => !this.scroller.pinned.isPinned,
    });
    this.uploads = new Uploads(pier.rest, view.id);
    const { rows } = this.rows;
    this.older = new OlderMessages(view, () => rows.length);
    this.scroller = new Scroller({ rows, onNearTop: () => this.older.want(), onRoom: () => this.#fill() });
  }

  /** Whether nothing was said, as far as is known. */
  get isEmpty(): boolean {
    return this.scroller.shown.length === 0 && this.rows.rows.length === 0 && !this.older.hasMore;
  }

  /** Whether there is more than is drawn: older messages, rows beyond the screen, what is folded away. */
  get isMoreThanSeen(): boolean {
    const { rows } = this.rows;
    return this.older.hasMore || this.scroller.shown.length < rows.length || rows.some(({ kind }) => kind === "fold");
  }

  /** Follows the transcript until the returned function is called. */
  follow(): () => void {
    const stop = this.view.transcript.subscribe((change) => this.#take(change));
    // Something may have come since this was made.
    this.scroller.change(this.rows.follow(this.view.transcript));
    void this.#goBack();
    return () => {
      stop();
      this.keepPlace();
    };
  }

  /** Keeps in this browser where the person is. */
  keepPlace(): void {
    const { place } = this.scroller;
    const message = place && this.rows.placeOf(place.key);
    if (!this.isPlacing) keepLeftOff(this.view.id, message && { ...message, into: place.into });
  }

  /** Opens or closes a fold or a group. */
  toggle({ key, turn, open }: { key: string; turn: string; open: boolean }): void {
    this.scroller.hold();
    this.scroller.change(this.rows.setOpen(key, turn, !open));
    this.scroller.draw();
  }

  /** Opens or closes what belongs to one row. */
  toggleRow(key: string, isOpen: boolean): void {
    this.scroller.hold();
    this.folds.set(key, !isOpen);
  }

  /**
   * Opens everything that hides an item, of its parts the one that is wanted, or else the first. Returns the key of its
   * row; null when people do not see this item.
   */
  uncover(item: TranscriptItem, isWanted: (part: PartRow) => boolean): string | null {
    const parts = this.rows.partsOf(item);
    const part = parts.find(isWanted) ?? parts[0];
    if (!part) return null;
    const change = this.rows.uncover(part);
    this.folds.set(part.key, true);
    const texts = part.kind === "tool" ? ["", ":command", ":args"] : part.kind === "shell" ? [""] : [];
    for (const text of texts) this.folds.set(`${part.key}${text}:all`, true);
    if (change) this.scroller.change(change);
    return part.key;
  }

  /** Whether the answers of a turn are shown as they were written. */
  isSource(turn: string): boolean {
    return this.folds.isOpen(`${turn}:source`, false);
  }

  toggleSource(turn: string): void {
    this.toggleRow(`${turn}:source`, this.isSource(turn));
  }

  /** Puts texts into the clipboard, whole. */
  async copy(texts: readonly Body[]): Promise<void> {
    const whole = await Promise.all(texts.map((text) => this.bodies.fetch(text)));
    if (whole.some((text) => text === undefined)) return;
    if (await attempt(() => copyText(whole.join("\n\n")))) toasts.say("Copied");
  }

  /** Goes to where the person left off. */
  async #goBack(): Promise<void> {
    const left = leftOff(this.view.id);
    if (!left) return;
    this.isPlacing = true;
    for (let page = 0; page <= limits.pagesToPlace; page++) {
      const key = this.rows.rowAt(left);
      if (key !== null) {
        this.scroller.restore({ key, into: left.into });
        break;
      }
      if (!(await this.older.load())) break;
    }
    this.isPlacing = false;
  }

  /** Older messages could be seen, unless they belong to what is folded. */
  #fill(): void {
    const [first] = this.rows.rows;
    if (first?.kind !== "fold" || first.open) this.older.fill();
  }

  #take(change: Change): void {
    if (change.kind === "items") this.scroller.pinned.count(this.#newMessages(change.from));
    const changed = this.rows.apply(change);
    if (changed) this.scroller.change(changed);
  }

  /** How many of the items from an index on a person would call messages. */
  #newMessages(from: number): number {
    const news = this.view.transcript.items.slice(from);
    return news.filter(({ message }) => message.role !== "toolResult" && !isHiddenMessage(message)).length;
  }
}
