import { number, record } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Block } from "../screen/block.ts";

interface Note {
  block: Block;
  /** The item below which it stands; `pending`: the one that is in flight. */
  below: { key: string; time: number | undefined } | "pending" | null;
}

/** What this client said between the messages, and where. */
export class Notes {
  #notes: Note[] = [];

  /** Says something below an item, above all of them, or below the message in flight. */
  add(block: Block, below: TranscriptItem | "pending" | null): void {
    this.#notes.push({ block, below: placeOf(below) });
    if (this.#notes.length > limits.notes) this.#notes.shift();
  }

  /** Those below the message in flight. */
  get pending(): readonly Block[] {
    return this.#notes.filter(({ below }) => below === "pending").map(({ block }) => block);
  }

  /** Those above all items. */
  get first(): readonly Block[] {
    return this.#notes.filter(({ below }) => below === null).map(({ block }) => block);
  }

  /** The message in flight is finished, or gone: what stood below it stands below an item now. */
  settle(below: TranscriptItem | null): void {
    for (const note of this.#notes) if (note.below === "pending") note.below = placeOf(below);
  }

  /** Which notes stand below which of these items, by its key. */
  byItem(items: readonly TranscriptItem[]): ReadonlyMap<string, readonly Block[]> {
    const known = new Set(items.map(({ key }) => key));
    const notes = new Map<string, Block[]>();
    for (const { block, below } of this.#notes) {
      if (below === null || below === "pending") continue;
      // A snapshot names items anew: the time tells where the note was.
      const key = known.has(below.key) ? below.key : lastBefore(items, below.time);
      if (key !== undefined) notes.set(key, [...(notes.get(key) ?? []), block]);
    }
    return notes;
  }
}

function placeOf(below: TranscriptItem | "pending" | null): Note["below"] {
  return below === null || below === "pending" ? below : { key: below.key, time: timeOf(below) };
}

function lastBefore(items: readonly TranscriptItem[], time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  return items.findLast((item) => (timeOf(item) ?? Infinity) <= time)?.key;
}

function timeOf({ message }: TranscriptItem): number | undefined {
  return number(record(message)["timestamp"]);
}
