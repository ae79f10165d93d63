import type { Payload } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { JournalRecord } from "../session/journal-record.ts";

/**
 * Splits journal bytes into records. Lines end with LF and nothing else: other separators of Unicode are legal inside.
 * A line that is no JSON object, or is longer than the limit, is skipped and counted.
 */
export class RecordSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #position: number;
  #skipping = 0;
  readonly #onGarbage: (bytes: number) => void;

  /** @param position of the first byte that will be pushed */
  constructor(position: number, onGarbage: (bytes: number) => void = () => {}) {
    this.#position = position;
    this.#onGarbage = onGarbage;
  }

  push(chunk: Buffer, onRecord: (record: JournalRecord) => void): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let from = 0;
    for (let feed = bytes.indexOf(0x0a); feed !== -1; feed = bytes.indexOf(0x0a, from)) {
      this.#line(bytes, from, feed, onRecord);
      from = feed + 1;
    }
    this.#position += from;
    this.#rest = bytes.subarray(from);
    if (this.#rest.length <= limits.record) return;
    this.#skipping += this.#rest.length;
    this.#position += this.#rest.length;
    this.#rest = Buffer.alloc(0);
  }

  #line(bytes: Buffer, from: number, feed: number, onRecord: (record: JournalRecord) => void): void {
    const start = this.#position + from;
    if (this.#skipping > 0) {
      this.#onGarbage(this.#skipping + feed - from);
      this.#skipping = 0;
      return;
    }
    const end = feed > from && bytes[feed - 1] === 0x0d ? feed - 1 : feed;
    if (end === from) return;
    const text = bytes.toString("utf8", from, end);
    const value = parseRecord(text);
    if (value) onRecord({ start, end: this.#position + feed + 1, text, value });
    else this.#onGarbage(end - from);
  }
}

function parseRecord(text: string): Payload | undefined {
  try {
    const value = JSON.parse(text) as Payload | null;
    return typeof value === "object" && value !== null && typeof value.type === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
