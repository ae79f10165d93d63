import { describe, expect, test } from "vitest";
import { visibleWidth } from "../pi-tui/index.ts";
import { appearanceFromEnv, appearanceOf } from "./appearance.ts";
import { colourDepth } from "./colour-depth.ts";
import { type Background, backgrounds, type Foreground, foregrounds } from "./colours.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { readable } from "./readable.ts";
import { contrast, nearestIndex, type Rgb, rgbOf } from "./rgb.ts";
import { Theme } from "./theme.ts";

const palettes = { dark, light };

describe("Theme", () => {
  test("at each depth, gives a colour as the terminal takes it", () => {
    const styled = (depth: "none" | "256" | "truecolor"): string =>
      new Theme(dark, depth).bg("userMessageBg", new Theme(dark, depth).fg("accent", "x"));
    expect(styled("truecolor")).toBe("\u001b[48;2;52;53;65m\u001b[38;2;138;190;183mx\u001b[39m\u001b[49m");
    expect(styled("256")).toBe("\u001b[48;5;237m\u001b[38;5;109mx\u001b[39m\u001b[49m");
    expect(styled("none")).toBe("x");
  });

  test("without colours, still makes text bold and underlined", () => {
    const theme = new Theme(dark, "none");
    expect(theme.bold(theme.underline("x"))).toBe("\u001b[1m\u001b[4mx\u001b[24m\u001b[22m");
  });

  test("the terminal's own colour, needs no sequence", () => {
    expect(new Theme({ ...dark, text: "" }, "truecolor").fg("text", "x")).toBe("x");
  });

  test("an index of a theme, is kept at every depth that has colours", () => {
    const palette = { ...dark, accent: 39 };
    for (const depth of ["256", "truecolor"] as const)
      expect(new Theme(palette, depth).fg("accent", "x")).toBe("\u001b[38;5;39mx\u001b[39m");
  });

  test("coloured text within coloured text, ends where it ends", () => {
    const theme = new Theme({ ...dark, dim: 1, error: 2 }, "256");
    expect(theme.fg("dim", `a ${theme.fg("error", "b")} c`)).toBe(
      "\u001b[38;5;1ma \u001b[38;5;2mb\u001b[39m\u001b[38;5;1m c\u001b[39m",
    );
    expect(theme.fg("dim", "a\u001b[0m…\u001b[0m")).toBe(
      "\u001b[38;5;1ma\u001b[0m\u001b[38;5;1m…\u001b[0m\u001b[38;5;1m\u001b[39m",
    );
  });

  test("another palette, is used from then on", () => {
    const theme = new Theme(dark, "truecolor");
    const before = theme.fg("accent", "x");
    theme.use(light);
    expect(theme.fg("accent", "x")).not.toBe(before);
  });

  test("no role, changes the width of a text", () => {
    const theme = new Theme(dark, "truecolor");
    for (const role of foregrounds) expect(visibleWidth(theme.fg(role, "wörter 漢字"))).toBe(11);
    for (const role of backgrounds) expect(visibleWidth(theme.bg(role, "wörter 漢字"))).toBe(11);
  });
});

describe("colourDepth", () => {
  test.each([
    [{}, "256"],
    [{ TERM: "xterm-256color" }, "256"],
    [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, "truecolor"],
    [{ TERM: "xterm-256color", COLORTERM: "24bit" }, "truecolor"],
    [{ TERM: "xterm-kitty" }, "truecolor"],
    [{ TERM: "xterm-direct" }, "truecolor"],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "ghostty" }, "truecolor"],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "Apple_Terminal" }, "256"],
    [{ TERM: "tmux-256color", TERM_PROGRAM: "ghostty" }, "256"],
    [{ TERM: "tmux-256color", COLORTERM: "truecolor" }, "truecolor"],
    [{ TERM: "dumb", COLORTERM: "truecolor" }, "none"],
    [{ TERM: "vt100" }, "none"],
    [{ NO_COLOR: "1", COLORTERM: "truecolor" }, "none"],
    [{ NO_COLOR: "1", FORCE_COLOR: "3" }, "none"],
    [{ NO_COLOR: "", COLORTERM: "truecolor" }, "truecolor"],
    [{ FORCE_COLOR: "0" }, "none"],
    [{ FORCE_COLOR: "1", COLORTERM: "truecolor" }, "256"],
    [{ FORCE_COLOR: "2" }, "256"],
    [{ FORCE_COLOR: "3" }, "truecolor"],
    [{ PI_TRUE_COLOR: "1" }, "truecolor"],
    [{ PI_TRUE_COLOR: "0", COLORTERM: "truecolor" }, "256"],
  ] as const)("%o, is %s", (env, depth) => {
    expect(colourDepth(env)).toBe(depth);
  });
});

describe("appearance", () => {
  test.each([
    ["15;0", "dark"],
    ["0;15", "light"],
    ["0;default;15", "light"],
    ["7;8", "light"],
    ["15;default", null],
    ["", null],
    ["0;999", null],
    ["x", null],
  ])("COLORFGBG %o, is %s", (COLORFGBG, appearance) => {
    expect(appearanceFromEnv({ COLORFGBG })).toBe(appearance);
  });

  test.each([
    [0x1e1e2e, "dark"],
    [0x002b36, "dark"],
    [0xfdf6e3, "light"],
    [0xffffff, "light"],
    [0x4b4b4b, "dark"],
  ])("a background of %i, is %s", (colour, appearance) => {
    expect(appearanceOf({ r: colour >> 16, g: (colour >> 8) & 255, b: colour & 255 })).toBe(appearance);
  });
});

describe("nearestIndex", () => {
  test("each of the colours above the first sixteen, is nearest to itself or to its double", () => {
    for (let index = 16; index < 256; index++) {
      const rgb = rgbOf(index) as Rgb;
      expect(rgbOf(nearestIndex(rgb))).toEqual(rgb);
    }
  });

  test("greys, stay grey", () => {
    for (let level = 0; level < 256; level++) {
      const { r, g, b } = rgbOf(nearestIndex({ r: level, g: level, b: level })) as Rgb;
      expect([g, b]).toEqual([r, r]);
    }
  });
});

describe("readable", () => {
  const onBlocks: [Foreground, Background][] = [
    ["userMessageText", "userMessageBg"],
    ["customMessageText", "customMessageBg"],
    ["toolTitle", "toolErrorBg"],
    ["toolOutput", "toolPendingBg"],
    ["text", "selectedBg"],
  ];

  test.each(["dark", "light"] as const)("pi's %s palette, can be read at every depth and is not changed", (name) => {
    const palette = palettes[name];
    expect(readable(palette, name)).toBe(palette);
    for (const [text, ground] of onBlocks) {
      const [a, b] = [rgbOf(palette[text]) as Rgb, rgbOf(palette[ground]) as Rgb];
      expect(contrast(a, b), text).toBeGreaterThan(3);
      expect(contrast(rgbOf(nearestIndex(a)) as Rgb, rgbOf(nearestIndex(b)) as Rgb), text).toBeGreaterThan(3);
    }
  });

  test("the terminal's own text colour on a block that is as light, becomes black", () => {
    const palette = { ...light, userMessageText: "" };
    expect(readable(palette, "dark").userMessageText).toBe("#000000");
    expect(readable(palette, "light")).toBe(palette);
  });

  test("text in the colour of its block, becomes white or black", () => {
    expect(readable({ ...dark, toolOutput: dark.toolPendingBg }, "dark").toolOutput).toBe("#ffffff");
    expect(readable({ ...light, text: light.selectedBg }, "light").text).toBe("#000000");
  });

  test("a faint theme, is left as it is", () => {
    const palette = { ...dark, toolOutput: "#606070" };
    expect(readable(palette, "dark")).toBe(palette);
  });
});
