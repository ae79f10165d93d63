import type { Conversation } from "./conversation.svelte.ts";
import { findLimits } from "./find/limits.ts";
import type { Row } from "./rows/row.ts";

/** Goes from message to message by keys: what a person said, and the answers. The one that was gone to has the focus. */
export class Steps {
  readonly #conversation: Conversation;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** Goes to the message after (1) or before (-1) the one that has the focus, or is read. */
  async step(by: 1 | -1): Promise<void> {
    const { rows, older } = this.#conversation;
    const stops = stopsAmong(rows.rows);
    const at = this.#here();
    const next = by === 1 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at);
    if (next !== undefined) return this.#show(rows.rows[next]);
    if (by === 1) return this.toEnd();
    const first = rows.rows[stops[0] ?? 0]?.key;
    if (!(await older.load())) return;
    const before = stopsAmong(rows.rows);
    const from = rows.rows.findIndex(({ key }) => key === first);
    this.#show(rows.rows[before.findLast((stop) => stop < from) ?? 0]);
  }

  /** Goes to the very first message; what is older than what is here is loaded on the way. */
  async toBeginning(): Promise<void> {
    const { older, rows, scroller, view } = this.#conversation;
    while (older.hasMore && view.status === "live") if (!(await older.loadOn(findLimits.window))) break;
    if (scroller.list) this.#show(rows.rows[stopsAmong(rows.rows)[0] ?? 0]);
  }

  toEnd(): void {
    this.#conversation.scroller.toEnd();
  }

  #here(): number {
    const { rows, scroller } = this.#conversation;
    const focused = document.activeElement?.closest(".entry") ?? null;
    // What is at the upper edge is read; at the end of all it is the last.
    if (!focused && scroller.pinned.isPinned) return rows.rows.length;
    const key = scroller.keyOf(focused);
    return rows.rows.findIndex((row) => row.key === key);
  }

  #show(row: Row | undefined): void {
    if (!row) return;
    const { scroller } = this.#conversation;
    scroller.toRow(row.key);
    const element = scroller.elementOf(row.key);
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  }
}

/** Where messages begin among the rows. */
function stopsAmong(rows: readonly Row[]): number[] {
  const answers = new Set(rows.flatMap((row) => (row.kind === "foot" ? row.answer : [])));
  const own: ReadonlySet<Row["kind"]> = new Set(["user", "custom", "summary", "shell"]);
  return rows.flatMap((row, at) => (own.has(row.kind) || answers.has(row.key) ? at : []));
}
