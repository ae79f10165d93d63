import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHUNK_BYTES } from "../src/limits.ts";
import { attach, refusal, start, until, untilSays } from "./harness.ts";

const numbers = (count: number): string => Array.from({ length: count }, (_, n) => `${n}\n`).join("");

test("tail, a flood, delivers every byte once and in order, then is done", async () => {
  const child = await start("floods", [200_000]);
  const chunks: Buffer[] = [];
  let next = 0;
  const tail = child.tail(0, (chunk, position) => {
    expect(position).toBe(next);
    expect(chunk.length).toBeLessThanOrEqual(CHUNK_BYTES);
    next += chunk.length;
    chunks.push(chunk);
  });
  await tail.done;
  expect(child.state()).toBe("dead");
  expect(Buffer.concat(chunks).toString()).toBe(numbers(200_000));
  expect(tail.position).toBe(await child.journal.size());
  await tail.caughtUp(); // nothing is missing, so a closed tail may say so
});

test("tail, a consumer that returns a promise, is not given more before it settles", async () => {
  const child = await start("floods", [100_000]);
  let inside = 0;
  let most = 0;
  let total = 0;
  const tail = child.tail(0, async (chunk) => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise(setImmediate);
    total += chunk.length;
    inside -= 1;
  });
  await tail.done;
  expect(most).toBe(1);
  expect(total).toBe(numbers(100_000).length);
});

test("tail, a child that dies mid-line, delivers the half record", async () => {
  const child = await start("dies-mid-line");
  let text = "";
  await child.tail(0, (chunk) => void (text += chunk.toString())).done;
  expect(text).toBe('{"n":1}\n{"n":');
  expect(await child.exited).toMatchObject({ signal: "SIGKILL" });
});

test("tail, binary garbage without line ends, passes it through", async () => {
  const child = await start("writes-garbage", [3000]);
  const chunks: Buffer[] = [];
  await child.tail(0, (chunk) => void chunks.push(chunk)).done;
  const block = Buffer.from(Array.from({ length: 256 }, (_, n) => 255 - n).filter((n) => n !== 10));
  expect(Buffer.concat(chunks).equals(Buffer.concat(Array(3000).fill(block)))).toBe(true);
});

test("tail, caughtUp, resolves when what is there was delivered and taken", async () => {
  const child = await start("echoes");
  const taken: string[] = [];
  const tail = child.tail(0, async (chunk) => {
    await new Promise(setImmediate);
    taken.push(chunk.toString());
  });
  await tail.caughtUp();
  await child.write(Buffer.from("one\n"));
  await untilSays(child, "one\n");
  await tail.caughtUp();
  expect(taken.join("")).toBe("one\n");
  expect(tail.position).toBe(4);
});

test("tail, aborted or closed, delivers nothing more and lets go", async () => {
  const child = await start("counts");
  const stop = new AbortController();
  let count = 0;
  const tail = child.tail(
    0,
    () => {
      count += 1;
      if (count === 2) stop.abort();
    },
    { signal: stop.signal },
  );
  await tail.done;
  const size = await child.journal.size();
  await until(() => child.journal.readSync(size, 1e9).length > 0);
  expect(count).toBe(2);
  await refusal(tail.caughtUp(), "ABORTED");
  await child.tail(0, () => {}, { signal: stop.signal }).done;
});

test("tail, a consumer that throws, rejects done and keeps its position", async () => {
  const child = await start("floods", [10]);
  const tail = child.tail(0, () => {
    throw new Error("full");
  });
  await expect(tail.done).rejects.toThrow("full");
  expect(tail.position).toBe(0);
});

test("tail, from a position the journal never had, rejects with BEYOND_END", async () => {
  const child = await start("floods", [1]);
  await child.exited;
  const error = await refusal(child.tail(99, () => {}).done, "BEYOND_END");
  expect(error.message).toContain("position is 99, journal ends at 2");
});

test("tail, a reattached child that dies, is done after its last byte", async () => {
  const own = await start("echoes");
  const child = await attach(own.folder);
  let text = "";
  const tail = child.tail(0, (chunk) => void (text += chunk.toString()));
  await child.write(Buffer.from("exit\n"));
  await tail.done;
  expect(text).toBe("exit\n");
  expect(await own.exited).toMatchObject({ code: 7 });
});

test("tail, many tails from many positions, all see the same", async () => {
  const child = await start("floods", [50_000]);
  const all = numbers(50_000);
  const starts = [0, 1, 1000, 65_536, 200_000];
  const untilThere = (): boolean => child.journal.readSync(200_000, 200_001).length === 1;
  await untilSays(child, "40000\n");
  expect(untilThere()).toBe(true);
  const texts = await Promise.all(
    starts.map(async (from) => {
      const chunks: Buffer[] = [];
      await child.tail(from, (chunk) => void chunks.push(chunk)).done;
      return Buffer.concat(chunks).toString();
    }),
  );
  expect(texts).toEqual(starts.map((from) => all.slice(from)));
});

test("tail, a writer that outlives the child, is no part of it but of the journal", async () => {
  const child = await start("floods", [1]);
  await child.exited;
  let text = "";
  await child.tail(0, (chunk) => void (text += chunk.toString())).done;
  appendFileSync(join(child.folder, "out"), "late\n");
  expect(text).toBe("0\n");
  expect((await child.journal.read(0, 100)).toString()).toBe("0\nlate\n");
});

test("tail, with a rest, delivers a flood whole and in order", async () => {
  const child = await start("floods", [50_000]);
  let text = "";
  await child.tail(0, (chunk) => void (text += chunk.toString()), { rest: () => 1 }).done;
  expect(text).toBe(numbers(50_000));
});

test("tail, hurry, ends a rest", async () => {
  const child = await start("echoes");
  let text = "";
  const tail = child.tail(0, (chunk) => void (text += chunk.toString()), { rest: () => 1_000_000 });
  // Two chunks one soon after the other make a stream; then it rests for longer than this test may take.
  for (const word of ["one\n", "two\n"]) {
    await child.write(Buffer.from(word));
    await until(() => text.includes(word));
  }
  await child.write(Buffer.from("three\n"));
  tail.hurry();
  await until(() => text.includes("three\n"));
  tail.close();
});
