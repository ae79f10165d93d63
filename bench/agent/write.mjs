import { writeSync } from "node:fs";

/** Writes one record to stdout. */
export function write(record) {
  writeText(`${JSON.stringify(record)}\n`);
}

/** Writes text to stdout, all of it: both a file and a pipe that is full make this wait, as pi's own output does. */
export function writeText(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));
