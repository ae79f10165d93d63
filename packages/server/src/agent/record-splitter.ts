import type { Payload } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { JournalRecord } from "../session/journal-record.ts";

/**
 * Splits journal bytes into records. Lines end with LF and nothing else: other separators of Unicode are legal inside.
 * A line that is no JSON object, or is longer than the limit, is skipped and counted.
 */
export class RecordSplitter {
  /** The beginning of a line whose end did not come yet: joined once it does, so that a long one is not copied again and again. */
  #parts: Buffer[] = [];
  /** Bytes of that line so far, those that were dropped included. */
  #length = 0;
  /** Where that line began. */
  #start: number;
  readonly #onGarbage: (bytes: number) => void;
  readonly #limit: number;

  /**
   * @param position of the first byte that will be pushed
   * @param limit bytes of a record with its line feed
   */
  constructor(position: number, onGarbage: (bytes: number) => void = () => {}, limit: number = limits.record) {
    this.#start = position;
    this.#onGarbage = onGarbage;
    this.#limit = limit;
  }

  push(chunk: Buffer, onRecord: (record: JournalRecord) => void): void {
    let from = 0;
    for (let feed = chunk.indexOf(0x0a); feed !== -1; feed = chunk.indexOf(0x0a, from)) {
      this.#add(chunk.subarray(from, feed + 1));
      from = feed + 1;
      this.#endLine(onRecord);
    }
    this.#add(chunk.subarray(from));
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#limit) this.#parts = [];
    else this.#parts.push(part);
  }

  #endLine(onRecord: (record: JournalRecord) => void): void {
    const [only = Buffer.alloc(0), ...rest] = this.#parts;
    const line = rest.length === 0 ? only : Buffer.concat(this.#parts);
    const start = this.#start;
    const length = this.#length;
    this.#parts = [];
    this.#length = 0;
    this.#start = start + length;
    if (length > this.#limit) return this.#onGarbage(length - 1);
    const end = line.at(-2) === 0x0d ? length - 2 : length - 1;
    if (end === 0) return;
    const text = line.toString("utf8", 0, end);
    const value = parseRecord(text);
    if (value) onRecord({ start, end: start + length, text, value });
    else this.#onGarbage(end);
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
