import type { TranscriptItem } from "@pier/protocol";
import { expect, test } from "vitest";
import { Names } from "./names.ts";

const item = (key: string, message: object): TranscriptItem => ({ key, message }) as TranscriptItem;
const question = { role: "user", content: "?", timestamp: 5 };

test("of, an item, is its key, or the name under which it is shown already", () => {
  const names = new Names();
  expect(names.of(item("a", question))).toBe("a");
  expect(names.of(item("b", question), "live:1")).toBe("live:1");
  expect(names.of(item("b", question))).toBe("live:1");
});

test("of, two items that want one name, gives two", () => {
  const names = new Names();
  expect(names.of(item("a", question), "live:1")).not.toBe(names.of(item("b", question), "live:1"));
});

test("replace, by a snapshot with other keys, keeps the names of the same messages and of no others", () => {
  const names = new Names();
  const result = { role: "toolResult", toolCallId: "c", timestamp: 5 };
  const before = [item("e:1", question), item("e:2", result), item("e:3", { role: "odd" })];
  const known = before.map((one) => names.of(one));
  names.replace(before);
  const after = [item("j1", question), item("j2", result), item("j3", { role: "odd" })];
  expect(after.map((one) => names.of(one))).toEqual([known[0], known[1], "j3"]);
});

test("forget, items that were let go, frees their names", () => {
  const names = new Names();
  const [first, second] = [item("a", question), item("b", question)];
  names.of(first, "live:1");
  names.forget([first]);
  expect(names.of(second, "live:1")).toBe("live:1");
});
