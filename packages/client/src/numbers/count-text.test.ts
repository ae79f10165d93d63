import { expect, test } from "vitest";
import { countText } from "./count-text.ts";

test("countText of counts, takes four characters at most from a thousand on", () => {
  expect([0, 950, 1000, 9_949, 9_950, 128_000, 999_499, 999_500, 1_500_000, 12_000_000].map(countText)).toEqual([
    "0",
    "950",
    "1.0k",
    "9.9k",
    "10k",
    "128k",
    "999k",
    "1.0M",
    "1.5M",
    "12M",
  ]);
});
