import { readSync } from "node:fs";
import { limits } from "../limits.ts";

/** Takes one line of a file with the positions of its first byte and of the byte after its last; false ends the search. */
export type OnLine = (text: string, start: number, end: number) => boolean;

/** Reads a file's lines from its end, chunk by chunk, and remembers how far it came. */
export class LinesFromEnd {
  readonly #chunk: number;
  /** Everything at and after this position was read. */
  #position: number;
  /** The end of a line whose beginning was not read yet: it stands at `#position`. */
  #carry: Buffer = Buffer.alloc(0);

  /** @param size how many bytes of the file count */
  constructor(size: number, chunk: number = limits.fileChunk) {
    this.#position = size;
    this.#chunk = chunk;
  }

  /** Whether the first line was read. */
  get finished(): boolean {
    return this.#position === 0;
  }

  /** Reads one chunk and gives the lines that begin in it, the last one first. @throws when the file is shorter than it was */
  readChunk(descriptor: number, onLine: OnLine): void {
    // A line longer than a chunk is fetched with ever larger ones, so that it is not copied again and again.
    const length = Math.min(this.#position, Math.max(this.#chunk, this.#carry.length));
    const chunk = Buffer.alloc(length);
    const start = this.#position - length;
    const read = readSync(descriptor, chunk, 0, length, start);
    if (read < length) throw new Error("The file became shorter while it was read");
    const bytes = Buffer.concat([chunk, this.#carry]);
    let end = bytes.length;
    for (let feed = lastFeed(bytes, end); feed !== -1; feed = lastFeed(bytes, end)) {
      const more = end === feed + 1 || onLine(bytes.toString("utf8", feed + 1, end), start + feed + 1, start + end);
      end = feed;
      if (!more) return this.#finish();
    }
    this.#position = start;
    this.#carry = bytes.subarray(0, end);
    if (start === 0 && end > 0) onLine(bytes.toString("utf8", 0, end), 0, end);
  }

  #finish(): void {
    this.#position = 0;
    this.#carry = Buffer.alloc(0);
  }
}

/** The last line feed before `end`; -1 when there is none. */
function lastFeed(bytes: Buffer, end: number): number {
  return end === 0 ? -1 : bytes.lastIndexOf(0x0a, end - 1);
}
