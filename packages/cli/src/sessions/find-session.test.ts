import type { SessionRecord } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { findSession } from "./find-session.ts";
import { record } from "./session-record.fixture.ts";

const sessions: SessionRecord[] = [
  record({ id: "aaaa1111-0000-4000-8000-000000000001", name: "parser" }),
  record({ id: "aaaa2222-0000-4000-8000-000000000002", name: null }),
  record({ id: "bbbb3333-0000-4000-8000-000000000003", name: "twin" }),
  record({ id: "cccc4444-0000-4000-8000-000000000004", name: "twin" }),
  record({ id: "dddd5555-0000-4000-8000-000000000005", name: "old", status: "closed" }),
  record({ id: "eeee6666-0000-4000-8000-000000000006", name: "old" }),
  record({ id: "ffff7777-0000-4000-8000-000000000007", name: "bbbb3333" }),
];

describe("findSession", () => {
  test.each([
    ["a full id", "aaaa2222-0000-4000-8000-000000000002", 1],
    ["a prefix that one has", "bb", 2],
    ["a prefix in capitals", "AAAA1", 0],
    ["a name", "parser", 0],
    ["a name that a closed one has too, the live one", "old", 5],
  ])("%s", (_what, word, index) => {
    expect(findSession(sessions, word)).toBe(sessions[index]);
  });

  test.each([
    [
      "a name that is the beginning of another's id",
      "bbbb3333",
      '"bbbb3333" fits 2 sessions: ffff7777 (bbbb3333), bbbb3333 (twin). Use more of the id.',
    ],
    ["a prefix that several have", "aaaa", '"aaaa" fits 2 sessions: aaaa1111 (parser), aaaa2222. Use more of the id.'],
    [
      "a name that several have",
      "twin",
      '"twin" fits 2 sessions: bbbb3333 (twin), cccc4444 (twin). Use more of the id.',
    ],
    ["one letter", "a", /^There is no session "a": there are aaaa1111 \(parser\), /],
    ["part of a name", "parse", /^There is no session "parse"/],
  ])("%s, is refused with the candidates", (_what, word, message) => {
    expect(() => findSession(sessions, word)).toThrow(message);
  });

  test("names that are long, are not shown whole", () => {
    const long = { ...sessions[0]!, name: "n".repeat(200) };
    expect(() => findSession([long], "w".repeat(200))).toThrow(
      `There is no session "${"w".repeat(39)}…": there is ${long.id.slice(0, 8)} (${"n".repeat(39)}…).`,
    );
  });

  test("without any session, says how one is started", () => {
    expect(() => findSession([], "x")).toThrow('There is no session "x", and no other: `pier new` starts one.');
  });
});
