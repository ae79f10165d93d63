import { expect, test } from "vitest";
import { closeCodeMeanings, closeCodes, errorCodes } from "./codes.ts";
import { PierError } from "./pier-error.ts";

test("closeCodes, are distinct and in the ranges that RFC 6455 leaves to applications or names itself", () => {
  const codes = Object.values(closeCodes);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect([1009, 1012].includes(code) || (code >= 4000 && code <= 4999)).toBe(true);
});

test.each([
  ["errorCodes", errorCodes],
  ["closeCodeMeanings", closeCodeMeanings],
])("%s, says each in one sentence or two", (_name, table) => {
  for (const meaning of Object.values(table)) expect(meaning).toMatch(/^[^ ].*\.$/);
});

test("PierError, keeps its code, its sentence and its cause", () => {
  const cause = new Error("disk full");
  const error = new PierError("STORAGE", "Cannot write the journal.", { cause });
  expect(error).toMatchObject({ name: "PierError", code: "STORAGE", message: "Cannot write the journal.", cause });
  expect(error).toBeInstanceOf(Error);
});
