import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCharacterReferences } from "./character-references.ts";

test.each([
  ["a &amp; b", "a & b"],
  ["&lt;script&gt;", "<script>"],
  ["&#39;&#x27;&#X27;", "'''"],
  ["&#128512;&#x1F600;", "😀😀"],
  ["&amp;lt;", "&lt;"],
  ["&#0;&#xD800;&#x110000;&#9999999;", "\uFFFD\uFFFD\uFFFD\uFFFD"],
  ["&unknown; &constructor; &toString; &__proto__;", "&unknown; &constructor; &toString; &__proto__;"],
  ["&amp", "&amp"],
  ["&;&#;&#x;&#12345678;", "&;&#;&#x;&#12345678;"],
  ["R&D; AT&T", "R&D; AT&T"],
])("%j is %j", (text, decoded) => {
  expect(decodeCharacterReferences(text)).toBe(decoded);
});

test("any text without an ampersand stays, and any other becomes well-formed text that is no longer", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("&", "#", "x", "1", "F", ";", "amp", "lt", "a", "é") }), (text) => {
      const decoded = decodeCharacterReferences(text);
      expect(decoded.isWellFormed()).toBe(true);
      expect(decoded.length).toBeLessThanOrEqual(text.length);
      expect(decoded === text || text.includes("&")).toBe(true);
    }),
  );
});
