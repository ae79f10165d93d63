import { expect, test } from "vitest";
import { parseBounds } from "./bounds.ts";

test("parseBounds, what is written, is read", () => {
  expect(parseBounds('{"version":1,"base":3,"start":9}')).toEqual({ base: 3, start: 9 });
  expect(parseBounds('{"version":1,"base":0,"start":0}')).toEqual({ base: 0, start: 0 });
});

test.each([
  "",
  "null",
  "[]",
  '{"version":2,"base":0,"start":0}',
  '{"version":1,"base":0}',
  '{"version":1,"base":2,"start":1}',
  '{"version":1,"base":-1,"start":1}',
  '{"version":1,"base":0.5,"start":1}',
])("parseBounds, %j, gives null", (text) => {
  expect(parseBounds(text)).toBeNull();
});
