import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { ItemList } from "./item-list.ts";

const item = (key: string, text = ""): { key: string; message: { role: string; content: string } } => ({
  key,
  message: { role: "user", content: text },
});
const many = (count: number, prefix: string): ReturnType<typeof item>[] =>
  Array.from({ length: count }, (_, at) => item(`${prefix}${at}`));

test("trim, at the limit, keeps everything; one above it, lets the oldest tenth go", () => {
  const list = new ItemList(many(limits.items, "a"), "older");
  expect(list.trim()).toBe(0);
  list.append(item("last"));
  expect(list.trim()).toBe(limits.items / 10 + 1);
  expect(list.items).toHaveLength(limits.items * 0.9);
  expect(list.items.at(-1)?.key).toBe("last");
});

test("trim, where a page begins further on, cuts there and knows its before", () => {
  const list = new ItemList(many(8000, "c"), "page-c");
  list.prepend(many(2000, "b"), "page-b");
  list.append(item("last"));
  expect(list.trim()).toBe(2000);
  expect(list.items[0]?.key).toBe("c0");
  expect(list.before).toBe("page-c");
  expect(list.lost).toBe(false);
});

test("trim, within items that no page began with, says that before is lost", () => {
  const list = new ItemList([], undefined);
  for (const each of many(limits.items + 1, "e")) list.append(each);
  list.trim();
  expect(list.before).toBeUndefined();
  expect(list.lost).toBe(true);
});

test("trim, few but huge items, bounds their characters and keeps the last", () => {
  const list = new ItemList([], undefined);
  const half = "x".repeat(limits.characters / 2);
  for (const key of ["a", "b", "c"]) list.append(item(key, half));
  expect(list.trim()).toBe(2);
  expect(list.items.map(({ key }) => key)).toEqual(["c"]);
});

test("prepend, an older page, moves before to its own", () => {
  const list = new ItemList(many(2, "b"), "page-b");
  expect(list.before).toBe("page-b");
  list.prepend(many(2, "a"), undefined);
  expect(list.items.map(({ key }) => key)).toEqual(["a0", "a1", "b0", "b1"]);
  expect(list.before).toBeUndefined();
  expect(list.lost).toBe(false);
});
