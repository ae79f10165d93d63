import { expect, test } from "vitest";
import { clipboardSequence } from "./clipboard-sequence.ts";

test("clipboardSequence of a text, is OSC 52 with its UTF-8 in base64", () => {
  expect(clipboardSequence("héllo", {})).toBe("\u001b]52;c;aMOpbGxv\u0007");
});

test("clipboardSequence within tmux, is passed through too", () => {
  expect(clipboardSequence("a", { TMUX: "/tmp/x" })).toBe(
    "\u001b]52;c;YQ==\u0007\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\",
  );
});
