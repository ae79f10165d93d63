import { StringDecoder } from "node:string_decoder";

/** Splits what a pipe delivers into records, each parsed. */
export class LineReader {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onRecord: (record: PiRecord) => void;
  #rest = "";

  constructor(onRecord: (record: PiRecord) => void) {
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    const text = this.#rest + this.#decoder.write(chunk);
    let from = 0;
    for (let feed = text.indexOf("\n"); feed !== -1; feed = text.indexOf("\n", from)) {
      this.#onRecord(JSON.parse(text.slice(from, feed)) as PiRecord);
      from = feed + 1;
    }
    this.#rest = text.slice(from);
  }
}

/** A record of pi, as far as a workload looks at it. */
export interface PiRecord {
  type: string;
  assistantMessageEvent?: { delta?: string };
  [member: string]: unknown;
}
