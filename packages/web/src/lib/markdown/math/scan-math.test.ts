import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownLimits } from "../limits.ts";
import { scanBlockFormula, scanInlineFormula } from "./scan-math.ts";

describe("scanInlineFormula", () => {
  test.each([
    ["$x$ and", "x", false],
    ["$a_1 + b$.", "a_1 + b", false],
    ["$x$-axis", "x", false],
    ["$\\$5$", "\\$5", false],
    ["$a\nb$", "a\nb", false],
    ["$$x$$", "x", true],
    ["\\(x\\) y", "x", false],
    ["\\[ x \\]", "x", true],
  ])("%j is %j", (text, tex, display) => {
    expect(scanInlineFormula(text, " ")).toMatchObject({ tex, display });
  });

  test.each([
    ["$5 and $6", " "],
    ["$5, not $", " "],
    ["$ x$", " "],
    ["$x $", " "],
    ["$x$5", " "],
    ["$x$y", " "],
    ["$HOME/bin:$PATH", " "],
    ["$x$", "5"],
    ["$x$", "US"],
    ["$x$", "é"],
    ["$x$", "\\"],
    ["$x\n\ny$", " "],
    ["$", " "],
    ["$$", " "],
    ["$$ $$", " "],
    ["\\(\\)", " "],
    ["\\(x", " "],
    ["text", " "],
  ])("%j after %j is none", (text, before) => {
    expect(scanInlineFormula(text, before)).toBeNull();
  });

  test("one as long as the limit is one, a longer one is none", () => {
    const formula = (length: number): string => `$${"x".repeat(length - 2)}$`;
    expect(scanInlineFormula(formula(markdownLimits.formula), "")).not.toBeNull();
    expect(scanInlineFormula(formula(markdownLimits.formula + 1), "")).toBeNull();
  });
});

describe("scanBlockFormula", () => {
  test.each([
    ["$$\nx\n$$\nrest", "x"],
    ["  $$ x $$", "x"],
    ["\\[\n  x^2\n\\]\n", "x^2"],
  ])("%j is %j", (text, tex) => {
    expect(scanBlockFormula(text)).toMatchObject({ tex, display: true });
  });

  test.each(["$$x$$ and words", "$$\nx\n\ny\n$$", "    $$x$$", "$x$", "\\[x", "$$$$"])("%j is none", (text) => {
    expect(scanBlockFormula(text)).toBeNull();
  });
});

test("any text: what is found stands at its beginning", () => {
  const text = fc
    .array(fc.constantFrom("$", "$$", "\\", "\\(", "\\)", "\\[", "\\]", "x", " ", "\n", "5", "é"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, (source) => {
      const found = [scanInlineFormula(source, ""), scanBlockFormula(source)].filter((one) => one !== null);
      expect(found.every(({ raw, tex }) => source.startsWith(raw) && tex !== "" && raw.includes(tex))).toBe(true);
    }),
  );
});
