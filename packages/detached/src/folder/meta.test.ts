import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMeta } from "./meta.ts";

const good = {
  version: 1,
  pid: 42,
  startTime: "boot:7",
  epoch: "e",
  command: "pi",
  args: ["--mode", "rpc"],
  cwd: "/",
  createdAt: "2026-01-01T00:00:00.000Z",
  extra: { a: [1] },
};

test("parseMeta, what was written, is read again", () => {
  expect(parseMeta(JSON.stringify(good))).toEqual(good);
  const early = { ...good, pid: null, startTime: null };
  expect(parseMeta(JSON.stringify(early))).toEqual(early);
});

test.each([
  ["version", 2],
  ["pid", 0],
  ["pid", 1],
  ["pid", -42],
  ["pid", "42"],
  ["pid", null],
  ["startTime", 7],
  ["startTime", null],
  ["epoch", undefined],
  ["command", null],
  ["args", ["a", 1]],
  ["args", "a"],
  ["cwd", 1],
  ["createdAt", undefined],
])("parseMeta, %s is %j, says so", (key, value) => {
  expect(parseMeta(JSON.stringify({ ...good, [key]: value }))).toMatch(key);
});

test("parseMeta, any text, never throws", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseMeta(text)));
});
