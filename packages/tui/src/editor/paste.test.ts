import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { cleanPaste, pasteOf } from "./paste.ts";

test.each([
  ["\u001b[200~abc\u001b[201~", { text: "abc", rest: "" }],
  ["\u001b[200~abc\u001b[201~x", { text: "abc", rest: "x" }],
  ["\u001b[200~abc", null],
  ["abc", null],
])("pasteOf %j, is %j", (data, expected) => {
  expect(pasteOf(data)).toEqual(expected);
});

describe("cleanPaste", () => {
  test.each([
    ["a\r\nb\rc", "a\nb\nc"],
    ["a\u001b[106;5ub", "a\nb"],
    ["a\u001b[31mb\u0000\u0007c\u0085d", "abcd"],
    ["tab\there", "tab\there"],
    ["héllo 👩‍💻", "héllo 👩‍💻"],
  ])("of %j, is %j", (text, expected) => {
    expect(cleanPaste(text)).toEqual({ text: expected });
  });

  test("at the limit, is taken; over it, is refused with a sentence", () => {
    expect(cleanPaste("x".repeat(limits.paste))).toEqual({ text: "x".repeat(limits.paste) });
    expect(cleanPaste("x".repeat(limits.paste + 1))).toEqual({
      problem: `That paste has ${limits.paste + 1} characters; at most ${limits.paste} are taken at once. Put it into a file and name that.`,
    });
  });
});
