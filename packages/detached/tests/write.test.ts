import { createHash, randomBytes } from "node:crypto";
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { PIPE_BUF } from "../src/index.ts";
import { QUEUE_BYTES, QUEUE_WRITES } from "../src/limits.ts";
import { attach, refusal, start, until, untilSays } from "./harness.ts";

test("write, 12 MB to a slow reader, arrives whole and in order", async () => {
  const parts = [randomBytes(5), randomBytes(12_000_000), randomBytes(70_000), randomBytes(1)];
  const all = Buffer.concat(parts);
  const child = await start("reads-slowly", [all.length]);
  await Promise.all(parts.map((part) => child.write(part, { atomicTail: 1 })));
  const sum = createHash("sha256").update(all).digest("hex");
  expect(await untilSays(child, "\n")).toBe(`${sum}\n`);
});

test("write, a stopped child, waits, and goes on with it", async () => {
  const child = await start("reads-slowly", [500_000]);
  child.signal("SIGSTOP");
  await until(() => child.state() === "stopped");
  let isWritten = false;
  const bytes = randomBytes(500_000);
  const writing = child.write(bytes).then(() => (isWritten = true));
  await until(() => child.state() === "stopped");
  expect(isWritten).toBe(false);
  child.signal("SIGCONT");
  await writing;
  expect(await untilSays(child, "\n")).toBe(`${createHash("sha256").update(bytes).digest("hex")}\n`);
});

test("write, aborted while it waits, tells how much the child got; the next goes on", async () => {
  const child = await start("stalls");
  const stops = [new AbortController(), new AbortController()] as const;
  const first = child.write(Buffer.alloc(200_000), { signal: stops[0].signal });
  const second = child.write(Buffer.alloc(10), { signal: stops[1].signal });
  stops[1].abort(new Error("second"));
  const secondError = await refusal(second, "ABORTED");
  expect(secondError).toMatchObject({ written: 0, cause: new Error("second") });
  stops[0].abort();
  const { written } = await refusal(first, "ABORTED");
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(200_000);
  await refusal(child.write(Buffer.alloc(1), { signal: stops[0].signal }), "ABORTED");
});

test("write, a tail that does not fit now, is not torn", async () => {
  const child = await start("stalls");
  const stop = new AbortController();
  // An empty FIFO takes all but the end of this, so a careless writer would tear the tail.
  const split = 60 * 1024 + 100;
  const writing = child.write(Buffer.alloc(split + PIPE_BUF), {
    atomicTail: PIPE_BUF,
    signal: stop.signal,
  });
  stop.abort();
  const { written } = await refusal(writing, "ABORTED");
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThanOrEqual(split);
});

test("write and tail, settled, leave no listener on the signal", async () => {
  const child = await start("echoes");
  const { signal } = new AbortController();
  const tail = child.tail(0, () => {}, { signal });
  await child.write(Buffer.from("x"), { signal });
  tail.close();
  await child.terminate({ graceMs: 30_000, signal });
  await refusal(child.write(Buffer.from("x"), { signal }), "CHILD_DEAD");
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("write, atomicTail at and over its limits, is checked", async () => {
  const child = await start("echoes");
  await child.write(Buffer.alloc(PIPE_BUF * 2), { atomicTail: PIPE_BUF });
  for (const atomicTail of [PIPE_BUF + 1, -1, 1.5]) {
    await refusal(child.write(Buffer.alloc(PIPE_BUF * 2), { atomicTail }), "BAD_ARGUMENT");
  }
  await refusal(child.write(Buffer.alloc(1), { atomicTail: 2 }), "BAD_ARGUMENT");
});

test("write, more bytes than may wait, rejects with QUEUE_FULL", async () => {
  const child = await start("stalls");
  await refusal(child.write(Buffer.alloc(QUEUE_BYTES + 1)), "QUEUE_FULL");
  const waiting = refusal(child.write(Buffer.alloc(QUEUE_BYTES)), "CHILD_DEAD");
  await refusal(child.write(Buffer.alloc(1)), "QUEUE_FULL");
  await child.terminate({ graceMs: 30_000 });
  await waiting;
});

test("write, more writes than may wait, rejects with QUEUE_FULL", async () => {
  const child = await start("stalls");
  await child.write(Buffer.alloc(64 * 1024));
  const full = Array.from({ length: QUEUE_WRITES }, () => refusal(child.write(Buffer.alloc(1)), "CHILD_DEAD"));
  await refusal(child.write(Buffer.alloc(1)), "QUEUE_FULL");
  child.signal("SIGKILL");
  await Promise.all(full);
});

test.each(["ours", "reattached"])(
  "write, a child that exits while a write waits, %s, rejects with CHILD_DEAD",
  async (whose) => {
    const own = await start("exits-while-writing");
    const child = whose === "ours" ? own : await attach(own.folder);
    const error = await refusal(child.write(Buffer.alloc(5_000_000)), "CHILD_DEAD");
    expect(error.written).toBeGreaterThan(999);
    expect(await own.exited).toMatchObject({ code: 4 });
  },
);

test("write, a child that closed its stdin and lives, rejects with INPUT_CLOSED", async () => {
  const child = await start("closes-stdin");
  await untilSays(child, "closed");
  await refusal(child.write(Buffer.from("x")), "INPUT_CLOSED");
  expect(child.state()).toBe("running");
});
