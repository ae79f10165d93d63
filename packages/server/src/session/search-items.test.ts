import type { AgentMessage, FoundMessages } from "@pier/protocol";
import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { type Item, ItemIndex } from "./item-index.ts";
import { searchItems, type SearchOptions } from "./search-items.ts";

/** A transcript of messages, and a clock that goes on by `pace` ms whenever it is looked at. */
function transcript(messages: AgentMessage[], pace = 0) {
  const items = new ItemIndex();
  let now = 0;
  let turns = 0;
  let onTurn = (): void => {};
  const append = (message: AgentMessage): void => {
    messages.push(message);
    items.append({ source: "journal", start: items.journalLength, end: items.journalLength + 1 });
  };
  messages.splice(0).forEach(append);
  const read = ({ start }: Item) => {
    const message = messages[start] as AgentMessage;
    return { text: JSON.stringify(message), message: () => message };
  };
  const clock = {
    now: () => (now += pace),
    after(_: number, callback: () => void) {
      turns++;
      onTurn();
      queueMicrotask(callback);
      return () => {};
    },
  };
  return {
    items,
    append,
    get turns() {
      return turns;
    },
    onTurn(callback: () => void) {
      onTurn = callback;
    },
    search: (query: string, options: Partial<SearchOptions> = {}): Promise<FoundMessages> =>
      searchItems(items, { query, limit: 10, ...options, read, clock }),
  };
}

const user = (content: unknown): AgentMessage => ({ role: "user", content });

test("searchItems: each kind of text is found, images and signatures are not", async () => {
  const { search } = transcript([
    user([
      { type: "text", text: "word1" },
      { type: "image", data: "word2", mimeType: "word2" },
    ]),
    { role: "assistant", content: [{ type: "thinking", thinking: "word3", thinkingSignature: "word4" }] },
    { role: "assistant", content: [{ type: "toolCall", name: "word5", arguments: { a: [{ b: "word6" }] } }] },
    { role: "toolResult", content: [{ type: "text", text: "word7" }] },
    { role: "bashExecution", command: "word8", output: "word9" },
    { role: "compactionSummary", summary: "word10" },
    { role: "entry", entry: { type: "new", deep: { text: "word11" } } },
    { role: "assistant", content: [], errorMessage: "word12" },
    user(null),
    user([null, 7, { type: "text" }]),
  ]);
  const found: string[] = [];
  for (let word = 1; word <= 12; word++) {
    if ((await search(`WORD${word}`)).matches.some(({ snippet }) => snippet === `word${word}`)) found.push(`${word}`);
  }
  expect(found).toEqual(["1", "3", "5", "6", "7", "8", "9", "10", "11", "12"]);
});

test("searchItems: the snippet is one line around the first place, also where lower case is longer", async () => {
  const { search } = transcript([user(`${"İ".repeat(200)} the\n  Needle ${"x".repeat(200)}`)]);
  const { matches } = await search("the needle");
  expect(matches[0]?.snippet).toBe(`…${"İ".repeat(limits.snippet - 1)} the Needle ${"x".repeat(limits.snippet - 1)}…`);
});

test("searchItems: a cut through a surrogate pair leaves text that is well formed", async () => {
  const { search } = transcript([user(`${"😀".repeat(100)}|needle${"😀".repeat(100)}`)]);
  expect((await search("needle")).matches[0]?.snippet.isWellFormed()).toBe(true);
});

test("searchItems: at the limit it says where to go on, and goes on there", async () => {
  const { search } = transcript(["a", "a", "b", "a"].map(user));
  const first = await search("a", { limit: 2 });
  expect(first).toEqual({
    matches: [
      { key: "j3", role: "user", snippet: "a" },
      { key: "j1", role: "user", snippet: "a", before: "j2" },
    ],
    truncated: true,
    before: "j1",
  });
  expect(await search("a", { before: "j1" })).toEqual({
    matches: [{ key: "j0", role: "user", snippet: "a", before: "j1" }],
    truncated: false,
  });
});

test("searchItems: others have a turn, and what comes meanwhile moves nothing", async () => {
  const searched = transcript(
    Array.from({ length: 40 }, (_, n) => user(`a${n}.`)),
    limits.searchTurn / 2,
  );
  searched.onTurn(() => searched.append(user("a new one.")));
  const { matches } = await searched.search("a", { limit: 100 });
  expect(searched.turns).toBeGreaterThan(5);
  expect(matches.map(({ key }) => key)).toEqual(Array.from({ length: 40 }, (_, n) => `j${39 - n}`));
});

test("searchItems: it ends in time, when nobody waits, and when the transcript has other names", async () => {
  const messages = (): AgentMessage[] => Array.from({ length: 1_000 }, () => user("a"));
  const late = await transcript(messages(), limits.searchTime / 100).search("b");
  expect(late).toMatchObject({ matches: [], truncated: true, before: expect.stringMatching(/^j\d+$/) as unknown });
  const left = await transcript(messages()).search("a", { signal: AbortSignal.abort() });
  expect(left).toEqual({ matches: [], truncated: true });
  const renamed = transcript(messages(), limits.searchTurn / 3);
  renamed.onTurn(() => renamed.items.rebase(null, 10_000));
  expect(await renamed.search("b")).toEqual({ matches: [], truncated: true });
});
