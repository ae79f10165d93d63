import fc from "fast-check";
import { expect, test } from "vitest";
import type { DetachedChild } from "../src/index.ts";
import { attach, start, until } from "./harness.ts";

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ write: fc.uint8Array({ minLength: 1, maxLength: 9000 }) }),
    },
    { weight: 2, arbitrary: fc.record({ restart: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    { weight: 1, arbitrary: fc.record({ trim: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    { weight: 1, arbitrary: fc.constant({ reattach: true }) },
  ),
  { minLength: 1, maxLength: 25 },
);

/** One reader of a journal that is restarted at will, and checks every byte against what was written. */
class Reader {
  #child: DetachedChild;
  #tail;
  readonly #written: Buffer;
  highest: number;

  constructor(child: DetachedChild, written: Buffer, from: number) {
    this.#child = child;
    this.#written = written;
    this.highest = from;
    this.#tail = this.#follow(from);
  }

  restart(child: DetachedChild, from: number): void {
    this.#tail.close();
    this.#child = child;
    // What was written meanwhile and lies before is given up.
    this.highest = Math.max(this.highest, from);
    this.#tail = this.#follow(from);
  }

  get tail() {
    return this.#tail;
  }

  #follow(from: number) {
    let next = from;
    return this.#child.tail(from, (chunk, position) => {
      expect(position).toBe(next);
      next += chunk.length;
      expect(chunk.equals(this.#written.subarray(position, next))).toBe(true);
      this.highest = Math.max(this.highest, next);
    });
  }
}

test("tail, any pieces written and any restarts, trims and reattachments, gives identical bytes", async () => {
  const own = await start("echoes");
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      let child = await attach(own.folder); // a new one: another handle's trims are not seen
      const begin = await child.journal.size();
      const written = Buffer.alloc(begin + 25 * 9000);
      const reader = new Reader(child, written, begin);
      let end = begin;
      for (const step of list) {
        if ("write" in step) {
          written.set(step.write, end);
          end += step.write.length;
          await child.write(step.write);
        } else if ("restart" in step) {
          const first = Math.max(child.journal.start(), begin);
          const size = await child.journal.size();
          reader.restart(child, first + Math.floor((size - first) * step.restart));
        } else if ("trim" in step) {
          await reader.tail.caughtUp();
          const to = begin + Math.floor((reader.tail.position - begin) * step.trim);
          await child.journal.trim(to, { method: step.trim < 0.5 ? "punch" : "move" });
        } else {
          const next = await attach(own.folder);
          reader.restart(next, reader.tail.position);
          await child.dispose();
          child = next;
        }
      }
      await until(() => reader.highest === end);
      await child.dispose();
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
