import type { Attachment } from "@pier/client";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { Outbox, type Outgoing } from "./outbox.ts";

/** A session that takes prompts when it is told to. */
class Taker {
  readonly session: string;
  readonly transcript = { status: "live", live: { compaction: null as { reason: string } | null } };
  readonly asked: { text: string; streamingBehavior: string; settled: PromiseWithResolvers<void> }[] = [];

  constructor(session = "s") {
    this.session = session;
  }

  prompt(text: string, { streamingBehavior }: { streamingBehavior: string }): Promise<void> {
    const settled = Promise.withResolvers<void>();
    this.asked.push({ text, streamingBehavior, settled });
    return settled.promise;
  }

  get attachment(): Attachment {
    return this as unknown as Attachment;
  }
}

const text = (words: string, when: Outgoing["when"] = "now"): Outgoing => ({
  text: words,
  typed: words,
  images: [],
  when,
});

function outboxFor(taker: Taker): { outbox: Outbox; failed: string[]; tracked: Map<string, Promise<unknown>> } {
  const failed: string[] = [];
  const tracked = new Map<string, Promise<unknown>>();
  const outbox = new Outbox({
    attachment: taker.attachment,
    track: (typed, accepted) => void tracked.set(typed, accepted),
    onFailed: ({ typed }, error, session) => void failed.push(`${session} ${typed}: ${(error as Error).message}`),
  });
  return { outbox, failed, tracked };
}

describe("Outbox", () => {
  test("sends at once, to steer or for later; what a lost connection holds is not sent", async () => {
    const taker = new Taker();
    const { outbox, tracked } = outboxFor(taker);
    outbox.send(text("a"));
    outbox.send(text("b", "later"));
    expect(taker.asked.map((asked) => [asked.text, asked.streamingBehavior])).toEqual([
      ["a", "steer"],
      ["b", "followUp"],
    ]);
    expect(outbox.unsent).toBe(0);
    taker.transcript.status = "attaching";
    expect(outbox.unsent).toBe(2);
    for (const { settled } of taker.asked) settled.resolve();
    await Promise.all(tracked.values());
    expect(outbox.unsent).toBe(0);
  });

  test("gives back what is refused", async () => {
    const taker = new Taker();
    const { outbox, failed, tracked } = outboxFor(taker);
    outbox.send(text("a"));
    taker.asked[0]?.settled.reject(new Error("no model"));
    await tracked.get("a");
    expect(failed).toEqual(["s a: no model"]);
  });

  test("while a person's compaction runs, holds; then sends in order", async () => {
    const taker = new Taker();
    const { outbox, tracked } = outboxFor(taker);
    taker.transcript.live.compaction = { reason: "manual" };
    outbox.send(text("a"));
    outbox.send(text("b"));
    outbox.update();
    expect([taker.asked, outbox.unsent]).toEqual([[], 2]);
    expect([...tracked.keys()]).toEqual(["a", "b"]);
    taker.transcript.live.compaction = null;
    outbox.update();
    outbox.update();
    expect(taker.asked.map((asked) => asked.text)).toEqual(["a", "b"]);
    for (const { settled } of taker.asked) settled.resolve();
    await Promise.all(tracked.values());
  });

  test("while a turn compacts by itself, sends: pi queues it", () => {
    const taker = new Taker();
    taker.transcript.live.compaction = { reason: "threshold" };
    outboxFor(taker).outbox.send(text("a"));
    expect(taker.asked).toHaveLength(1);
  });

  test("that goes to another session, gives back what was held for the one before", async () => {
    const [first, second] = [new Taker("one"), new Taker("two")];
    const { outbox, failed, tracked } = outboxFor(first);
    first.transcript.live.compaction = { reason: "manual" };
    outbox.send(text("a"));
    outbox.follow(second.attachment);
    await tracked.get("a");
    expect(failed).toEqual(["one a: The session was left before pi could take it."]);
    outbox.send(text("b"));
    expect([first.asked.length, second.asked.map((asked) => asked.text)]).toEqual([0, ["b"]]);
  });

  test("takes as many as the limit says, and gives the next one back", () => {
    const taker = new Taker();
    const { outbox, failed } = outboxFor(taker);
    for (let at = 0; at < limits.waitingPrompts; at++) outbox.send(text(`${at}`));
    expect(failed).toEqual([]);
    outbox.send(text("more"));
    expect(failed).toEqual([`s more: ${limits.waitingPrompts} prompts wait already: send more when they are through.`]);
  });
});
