import { expect, test } from "vitest";
import { neutralise, neutraliseLine } from "./neutralise.ts";

test.each([
  ["colours", "\u001b[31mred\u001b[0m", "red"],
  ["a title", "\u001b]0;owned\u0007text", "text"],
  ["a title that ends with ST", "\u001b]2;owned\u001b\\text", "text"],
  ["a link", "\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\", "click"],
  ["clearing the screen", "a\u001b[2J\u001b[Hb", "ab"],
  ["8-bit CSI", "a\u009b31mb", "ab"],
  ["a device control string", "a\u001bP+q544e\u001b\\b", "ab"],
  ["a charset switch", "a\u001b(0b", "ab"],
  ["a reset", "a\u001bcb", "ab"],
  ["a lone escape at the end", "a\u001b", "a"],
  ["an unterminated title", "\u001b]0;owned", "0;owned"],
  // Otherwise a text of nothing but such beginnings would take a quadratic time.
  ["an unterminated title before a finished one", "\u009da\u009db\u0007c", "ac"],
  ["carriage return and backspace", "safe\rrm\b\b", "saferm"],
  ["bell, NUL, DEL", "\u0007\u0000\u007f", ""],
  ["text that runs backwards", "a\u202eb\u2066c\u061cd", "abcd"],
  ["tabs and line feeds", "a\tb\nc", "a\tb\nc"],
  ["other scripts and emoji", "héllo 漢字 👩‍💻", "héllo 漢字 👩‍💻"],
])("neutralise of %s", (_what, text, expected) => {
  expect(neutralise(text)).toBe(expected);
});

test("neutraliseLine of several lines, gives one", () => {
  expect(neutraliseLine(" a\n\tb\r\nc ")).toBe("a b c");
});
