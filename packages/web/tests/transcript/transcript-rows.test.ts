import { readFileSync } from "node:fs";
import { type Change, Transcript } from "@pier/client";
import type { Payload } from "@pier/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Row } from "#lib/transcript/rows/row.ts";
import { TranscriptRows } from "#lib/transcript/rows/transcript-rows.ts";
import { sensibleRecords, senselessRecords } from "./arbitrary-records.ts";

const settled: Payload = { type: "agent_settled" };

/** A transcript as frames tell it, its rows, and what was said to have changed in them. */
class Followed {
  readonly transcript = new Transcript("s");
  readonly rows: TranscriptRows;
  #seq = 0;
  /** Listeners must not throw into the transcript: what they found is thrown afterwards. */
  #problem: Error | undefined;

  constructor(messages: readonly object[] = [], before?: string) {
    this.transcript.apply({
      type: "attached",
      session: "s",
      epoch: "e",
      seq: 0,
      mode: "snapshot",
      info: {},
      state: { running: false, pi: null, compaction: null, retry: null, offered: [] },
      dialogs: [],
      statuses: {},
      widgets: {},
      title: null,
      queue: { steering: [], followUp: [] },
      messages: messages.map((message, at) => ({ key: `s${at}`, message })),
      tail: [],
      ...(before !== undefined && { before }),
    } as never);
    this.rows = rowsOf(this.transcript);
    this.transcript.subscribe((change) => {
      try {
        this.#take(change);
      } catch (error) {
        this.#problem ??= error as Error;
      }
    });
  }

  say(...payloads: readonly Payload[]): void {
    for (const payload of payloads) this.transcript.apply({ type: "event", session: "s", seq: ++this.#seq, payload });
    if (this.#problem !== undefined) throw this.#problem;
  }

  older(messages: readonly object[], before?: string): void {
    const items = messages.map((message, at) => ({ key: `${before ?? "first"}:${at}`, message }));
    this.transcript.apply({ type: "history", session: "s", messages: items, ...(before && { before }) } as never);
    if (this.#problem !== undefined) throw this.#problem;
  }

  /** Rows that are not said to be others must be the same objects. */
  #take(change: Change): void {
    const before = [...this.rows.rows];
    const changed = this.rows.apply(change);
    if (changed?.kind === "all") return;
    if (changed?.kind === "front") expect(this.rows.rows).toHaveLength(before.length + changed.count);
    else {
      const from = changed?.from ?? before.length;
      expect(this.rows.rows.slice(0, from).every((row, at) => row === before[at])).toBe(true);
      expect(this.rows.rows.length).toBeGreaterThanOrEqual(from);
    }
    expectDistinct(this.rows.rows);
  }
}

function rowsOf(transcript: Transcript): TranscriptRows {
  return new TranscriptRows(transcript, { now: () => 0, isReading: () => false });
}

function expectDistinct(rows: readonly Row[]): void {
  const keys = rows.map(({ key }) => key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
}

/** Rows without what depends on when they were made: how they are named, and the times that this page saw. */
function shapes(rows: readonly Row[]): unknown[] {
  const turns = new Map<string, number>();
  return rows.map((row) => {
    if (!turns.has(row.turn)) turns.set(row.turn, turns.size);
    const {
      key: _key,
      turn,
      item: _item,
      answer,
      since: _since,
      took: _took,
      call: _call,
      ...shown
    } = row as never as Record<string, unknown>;
    return {
      ...shown,
      turn: turns.get(turn as string),
      ...(answer !== undefined && { answer: rows.findIndex(({ key }) => key === answer) }),
    };
  });
}

function expectAsBuiltAtOnce({ rows, transcript }: Followed): void {
  expect(shapes(rows.rows)).toEqual(shapes(rowsOf(transcript).rows));
}

const user = (text: string, timestamp = 1): object => ({ role: "user", content: text, timestamp });
const answer = (text: string, timestamp = 1): object => ({
  role: "assistant",
  content: [{ type: "text", text }],
  stopReason: "stop",
  timestamp,
});
const calling = (id: string, name = "bash", timestamp = 1): object => ({
  role: "assistant",
  content: [{ type: "toolCall", id, name, arguments: {} }],
  stopReason: "toolUse",
  timestamp,
});
const result = (toolCallId: string, timestamp = 1): object => ({
  role: "toolResult",
  toolCallId,
  toolName: "bash",
  content: [{ type: "text", text: "done" }],
  isError: false,
  timestamp,
});
const said = (message: object): Payload[] => [
  { type: "message_start", message },
  { type: "message_end", message },
];
/** The rows of what was said, without the one that says what is waited for. */
const spoken = ({ rows }: Followed): Row[] => rows.rows.filter(({ kind }) => kind !== "wait");
const kinds = (followed: Followed): string[] => spoken(followed).map(({ kind }) => kind);
const keys = (followed: Followed): string[] => spoken(followed).map(({ key }) => key);

describe("TranscriptRows, record by record, are those of a transcript that is read at once", () => {
  test("for what pi writes", () => {
    fc.assert(
      fc.property(sensibleRecords, (records) => {
        const followed = new Followed();
        followed.say(...records, settled);
        expectAsBuiltAtOnce(followed);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["0.87.1", "1.5.2"])("for what pi %s wrote, also while it goes on", (version) => {
    const file = new URL(`../../../protocol/fixtures/records/pi-${version}.jsonl`, import.meta.url);
    const followed = new Followed();
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (line === "") continue;
      followed.say(JSON.parse(line) as Payload);
      if (!followed.transcript.live.running) expectAsBuiltAtOnce(followed);
    }
    expect(followed.rows.rows.length).toBeGreaterThan(10);
  });

  test("for pages that come before, wherever they are cut", () => {
    const part = fc.constantFrom<(id: string) => object[]>(
      () => [user("?")],
      (id) => [calling(id), result(id)],
      (id) => [calling(id, "read"), result(id)],
      (id) => [calling(id)],
      () => [answer("!")],
      () => [{ role: "custom", customType: "note", content: "x", display: true, timestamp: 1 }],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.array(fc.nat(40), { maxLength: 4 }), (parts, cuts) => {
        const all = parts.flatMap((make, at) => make(`c${at}`));
        const places = [...new Set(cuts)].filter((cut) => cut > 0 && cut < all.length).toSorted((a, b) => b - a);
        const page = (at: number): string | undefined => (at < places.length ? `p${at}` : undefined);
        const followed = new Followed(all.slice(places[0] ?? 0), page(0));
        for (const [at, cut] of places.entries()) followed.older(all.slice(places[at + 1] ?? 0, cut), page(at + 1));
        expect(followed.transcript.items).toHaveLength(all.length);
        expectAsBuiltAtOnce(followed);
      }),
      { numRuns: 500 },
    );
  });
});

test("TranscriptRows, of what no pi writes, have names of their own and come to rest", () => {
  fc.assert(
    fc.property(senselessRecords, (records) => {
      const followed = new Followed();
      followed.say(...records, settled);
      expect(followed.rows.rows.some((row) => row.kind === "tool" && row.state === "running")).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

describe("TranscriptRows, a tool that runs", () => {
  const run = { type: "tool_execution_start", toolCallId: "a", toolName: "bash", args: {} };
  const since = (rows: TranscriptRows): unknown => {
    const row = rows.rows.find(({ kind }) => kind === "tool") as { state: string; since: number | undefined };
    return [row.state, row.since];
  };

  test("when the page comes to it, has run since its message, or since now where that is later", () => {
    const followed = new Followed([user("?"), calling("a", "bash", 5_000)]);
    followed.say({ type: "agent_start" }, run);
    const opened = (now: number): TranscriptRows =>
      new TranscriptRows(followed.transcript, { now: () => now, isReading: () => false });
    expect(since(opened(60_000))).toEqual(["running", 5_000]);
    expect(since(opened(4_000))).toEqual(["running", 4_000]);
  });

  test("whose call was written before the page's eyes, runs since it began", () => {
    const followed = new Followed([user("?")]);
    let now = 10_000;
    const rows = new TranscriptRows(followed.transcript, { now: () => now, isReading: () => false });
    followed.transcript.subscribe((change) => rows.apply(change));
    followed.say({ type: "agent_start" }, ...said(calling("a", "bash", 5_000)));
    now = 12_000;
    followed.say(run);
    expect(since(rows)).toEqual(["running", 12_000]);
  });
});

describe("TranscriptRows, in one turn", () => {
  test("a message that is written, keeps the names of its rows when it is finished", () => {
    const followed = new Followed([user("?")]);
    const message = { role: "assistant", content: [], timestamp: 7 };
    const delta = (contentIndex: number, type: string, text: string): Payload => ({
      type: "message_update",
      assistantMessageEvent: { type: `${type}_delta`, contentIndex, delta: text },
    });
    followed.say({ type: "agent_start" }, { type: "message_start", message });
    followed.say(delta(0, "thinking", "Hm."), delta(1, "text", "So it"), delta(1, "text", " is."));
    const written = keys(followed);
    const content = [
      { type: "thinking", thinking: "Hm." },
      { type: "text", text: "So it is." },
    ];
    followed.say({ type: "message_end", message: { ...message, content, stopReason: "stop" } });
    expect(keys(followed)).toEqual(written);
    expect(kinds(followed)).toEqual(["user", "thinking", "prose"]);
  });

  test("a delta, replaces its own row and no other", () => {
    const many = Array.from({ length: 50 }, (_, at) => [user(`${at}?`, at), answer(`${at}!`, at)]).flat();
    const followed = new Followed(many);
    followed.say(...said(user("?", 90)), { type: "agent_start" });
    followed.say({ type: "message_start", message: { role: "assistant", content: [], timestamp: 91 } });
    const say = (delta: string): void =>
      followed.say({ type: "message_update", assistantMessageEvent: { type: "text_delta", contentIndex: 0, delta } });
    say("a");
    const before = [...followed.rows.rows];
    say("b");
    const after = followed.rows.rows;
    expect(after.slice(0, -1).every((row, at) => row === before[at])).toBe(true);
    expect(after.at(-1)).toMatchObject({ kind: "prose", text: "ab", streaming: true });
  });

  test("its work, is open while it runs and one line afterwards; what a person opened stays open", () => {
    const followed = new Followed([user("?")]);
    followed.say({ type: "agent_start" }, ...said(calling("a")), ...said(result("a")), ...said(answer("Done.")));
    expect(kinds(followed)).toEqual(["user", "tool", "prose"]);
    followed.say(settled);
    expect(kinds(followed)).toEqual(["user", "tool", "prose", "foot"]);
    followed.say(...said(user("More?")), { type: "agent_start" });
    for (const id of ["b", "c"]) followed.say(...said(calling(id)), ...said(result(id)));
    followed.say(...said(answer("Done.")), settled);
    expect(kinds(followed).slice(4)).toEqual(["user", "fold", "prose", "foot"]);
    const fold = followed.rows.rows.find(({ kind }) => kind === "fold") as Row;
    followed.rows.setOpen(fold.key, fold.turn, true);
    expect(kinds(followed).slice(4)).toEqual(["user", "fold", "tool", "tool", "prose", "foot"]);
    followed.say(...said(user("Again?")), { type: "agent_start" }, ...said(answer("Yes.")), settled);
    expect(kinds(followed).slice(4, 10)).toEqual(["user", "fold", "tool", "tool", "prose", "foot"]);
    followed.rows.setOpen(fold.key, fold.turn, false);
    expectAsBuiltAtOnce(followed);
  });

  test("that ends while somebody reads, stays open", () => {
    const { transcript, say } = withReader();
    const rows = new TranscriptRows(transcript, { now: () => 0, isReading: () => true });
    transcript.subscribe((change) => rows.apply(change));
    say();
    expect(rows.rows.map(({ kind }) => kind)).toEqual(["user", "fold", "tool", "tool", "prose", "foot"]);
  });

  test("whose beginning is not here, says of its work that it is a part", () => {
    const work = ["a", "b", "c"].flatMap((id) => [calling(id), result(id)]);
    const followed = new Followed([...work.slice(2), answer("Done.")], "page");
    expect(followed.rows.rows[0]).toMatchObject({ kind: "fold", tools: 2, isPart: true });
    followed.older([user("?"), ...work.slice(0, 2)]);
    expect(followed.rows.rows[1]).toMatchObject({ kind: "fold", tools: 3, isPart: false });
  });

  test("three calls of one quick tool, are one line; one that fails is not among them", () => {
    const reads = ["a", "b", "c"].flatMap((id) => [calling(id, "read"), result(id)]);
    const followed = new Followed([user("?")]);
    followed.say({ type: "agent_start" }, ...reads.flatMap(said));
    expect(followed.rows.rows[1]).toMatchObject({ kind: "group", name: "read", count: 3, running: false, open: false });
    const failed = { ...result("d"), isError: true };
    followed.say(...said(calling("d", "read")), ...said(failed));
    expect(kinds(followed)).toEqual(["user", "group", "tool"]);
  });
});

/** A transcript of one question, and how it gets two calls and an answer. */
function withReader(): { transcript: Transcript; say: () => void } {
  const followed = new Followed([user("?")]);
  return {
    transcript: followed.transcript,
    say: () => {
      followed.say({ type: "agent_start" });
      for (const id of ["a", "b"]) followed.say(...said(calling(id)), ...said(result(id)));
      followed.say(...said(answer("Done.")), settled);
    },
  };
}
