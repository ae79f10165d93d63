import { afterEach, expect, test } from "vitest";
import { faults, plain, viewOf } from "../../../tests/support/sight.ts";
import { limits } from "../../limits.ts";
import { setCapabilities, type TerminalCapabilities } from "../../pi-tui/index.ts";
import { imageBlock } from "./image-block.ts";

/** The smallest PNG: one pixel. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const terminal = (images: TerminalCapabilities["images"]): void =>
  setCapabilities({ images, trueColor: true, hyperlinks: false });
const rows = (data: Parameters<typeof imageBlock>[0]["data"], mimeType = "image/png"): readonly string[] =>
  imageBlock({ data, mimeType }, viewOf()).render(40);

afterEach(() => terminal(null));

test("imageBlock where the terminal draws no images, names it", () => {
  terminal(null);
  expect(plain(rows(png))).toEqual([" [image · png · 1×1 · 72 B]"]);
  expect(plain(rows("AAAA", "image/\u001b[31mx"))).toEqual([" [image · x · 3 B]"]);
});

test.each(["kitty", "iterm2"] as const)(
  "imageBlock in %s, draws it within its bounds, the same in each frame",
  (images) => {
    terminal(images);
    const block = imageBlock({ data: png, mimeType: "image/png" }, viewOf());
    const drawn = block.render(40);
    expect(drawn.join("")).toContain(images === "kitty" ? "\u001b_G" : "\u001b]1337;File=");
    expect(drawn.length).toBeLessThanOrEqual(limits.imageRows);
    expect(block.render(40)).toBe(drawn);
  },
);

test.each([
  ["text that would leave the sequence", `${png}\u001b\\\u001b]0;owned\u0007`, "image/png"],
  ["a format that kitty does not take", png, "image/jpeg"],
  ["what was not loaded", { elided: true as const, bytes: 50_000, href: null, head: png, tail: "" }, "image/png"],
  ["too much data", "A".repeat(limits.image + 1), "image/png"],
])("imageBlock in kitty of %s, names it", (_what, data, mimeType) => {
  terminal("kitty");
  expect(rows(data, mimeType)).toHaveLength(1);
  expect(rows(data, mimeType)[0]).toContain("[image · ");
  expect(faults(rows(data, mimeType), 40)).toEqual([]);
});
