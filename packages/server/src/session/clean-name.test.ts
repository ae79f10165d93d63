import { expect, test } from "vitest";
import { cleanName } from "./clean-name.ts";

test.each([
  ["Fix the cart", "Fix the cart"],
  ["  two\nlines\t ", "two lines"],
  ["a\u0000b\u001b[31m", "a b [31m"],
  ["half \ud800", "half \ufffd"],
  ["   ", null],
  ["\u0000", null],
  ["", null],
])("cleanName %j, is %j", (name, clean) => {
  expect(cleanName(name)).toBe(clean);
});
