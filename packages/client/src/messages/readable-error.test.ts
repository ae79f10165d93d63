import { expect, test } from "vitest";
import { readableError } from "./readable-error.ts";

test.each([
  ['401: {"message":"the key has expired","type":"x"}', "401: the key has expired"],
  ['529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', "529 Overloaded"],
  ["fetch failed", "fetch failed"],
  ['400 {"error": {"message":', '400 {"error": {"message":'],
  ['500 {"error":"down"}', '500 {"error":"down"}'],
  [`500 {"message":"${"x".repeat(30_000)}"}`, `500 {"message":"${"x".repeat(30_000)}"}`],
])("%.60s", (text, readable) => {
  expect(readableError(text)).toBe(readable);
});
