import fc from "fast-check";
import { expect, test } from "vitest";
import { uploadLimits } from "../limits.ts";
import { safeName } from "./safe-name.ts";

test.each([
  ["report.pdf", "report.pdf"],
  ["Übersicht 2 (final).pdf", "Übersicht 2 (final).pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\a.txt", "a.txt"],
  ["..", "file"],
  ["", "file"],
  [undefined, "file"],
  [".bashrc", "bashrc"],
  ["-rf", "rf"],
  ["a\nb\r\0.txt", "ab.txt"],
  ["photo\u202Egpj.exe", "photogpj.exe"],
  ["a\u2028b", "ab"],
  ["what?.txt", "what_.txt"],
  ["dots...", "dots"],
  ["a  \t b.txt", "a b.txt"],
])("safeName of %j is %j", (given, expected) => {
  expect(safeName(given)).toBe(expected);
});

test("property: safeName gives one short segment without surprises, and stays as it is when asked again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
      const name = safeName(given);
      expect(name).toMatch(/^[^/\\\p{C}\p{Zl}\p{Zp}<>:"|?*]+$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(uploadLimits.name);
      expect(name).not.toMatch(/^[. -]|[. ]$/);
      expect(safeName(name)).toBe(name);
    }),
  );
});

test("safeName of a long name: the extension stays", () => {
  const name = safeName(`${"ä".repeat(300)}.tar`);
  expect(name).toMatch(/^ä+\.tar$/);
  expect(Buffer.byteLength(name)).toBeGreaterThan(uploadLimits.name - 3);
});
