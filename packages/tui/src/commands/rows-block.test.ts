import { describe, expect, test } from "vitest";
import { visibleWidth } from "../pi-tui/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { RowsBlock } from "./rows-block.ts";

const plain = new Theme(dark, "none");
const rows = [
  ["/model [id]", "Choose the model that answers from now on"],
  ["/new", "Begin"],
] as const;

describe("RowsBlock", () => {
  test("at 50 columns, has two columns", () => {
    expect(new RowsBlock(rows, plain).render(50)).toEqual([
      "  /model [id]  Choose the model that answers from",
      "               now on",
      "  /new         Begin",
    ]);
  });

  test("at 30 columns, has what is said below the names", () => {
    expect(new RowsBlock(rows, plain).render(30)).toEqual([
      "/model [id]",
      "    Choose the model that",
      "    answers from now on",
      "/new",
      "    Begin",
    ]);
  });

  test.each([2, 5, 20, 40, 80])("at %i columns with any text, has no wider row", (width) => {
    const odd = [
      ["名前が長い漢字のコマンド", "説明 👩‍💻 שלום عربى e\u0301"],
      ["tab\there", `long${"x".repeat(200)}`],
      ["", ""],
    ] as const;
    for (const theme of [plain, new Theme(dark, "truecolor")]) {
      for (const row of new RowsBlock(odd, theme).render(width)) expect(visibleWidth(row)).toBeLessThanOrEqual(width);
    }
  });

  test("with control characters, shows none", () => {
    expect(new RowsBlock([["a\u001b[2Jb", "c\nd\u0007"]], plain).render(80)).toEqual(["  ab  c d"]);
  });

  test("rendered again, is the same array until it is invalidated", () => {
    const block = new RowsBlock(rows, plain);
    const first = block.render(50);
    expect(block.render(50)).toBe(first);
    block.invalidate();
    expect(block.render(50)).not.toBe(first);
  });
});
