import type { TranscriptItem } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Block } from "../screen/block.ts";
import { number, record } from "./base/loose.ts";

interface Note {
  block: Block;
  /** The item below which it stands: by its key, and by its time for when all keys are other ones. */
  after: string | undefined;
  time: number;
}

/** What this client said between the messages, and where. */
export class Notes {
  #notes: Note[] = [];

  add(block: Block, items: readonly TranscriptItem[]): void {
    const last = items.at(-1);
    this.#notes.push({ block, after: last?.key, time: last ? timeOf(last) : 0 });
    if (this.#notes.length > limits.notes) this.#notes.shift();
  }

  /** Those that stand above all items. */
  before(_items: readonly TranscriptItem[]): Block[] {
    return this.#notes.filter(({ after }) => after === undefined).map(({ block }) => block);
  }

  /** Those that stand below an item. */
  after({ key }: TranscriptItem): Block[] {
    return this.#notes.filter(({ after }) => after === key).map(({ block }) => block);
  }
}

function timeOf({ message }: TranscriptItem): number {
  return number(record(message)["timestamp"]) ?? 0;
}
