import type { Appearance, Background, Colour, Foreground, Palette } from "./colours.ts";
import { contrast, type Rgb, rgbOf } from "./rgb.ts";

/** Text that stands on backgrounds of its own. */
const pairs: readonly [Foreground, readonly Background[]][] = [
  ["userMessageText", ["userMessageBg"]],
  ["customMessageText", ["customMessageBg"]],
  ["customMessageLabel", ["customMessageBg"]],
  ["toolTitle", ["toolPendingBg", "toolSuccessBg", "toolErrorBg"]],
  ["toolOutput", ["toolPendingBg", "toolSuccessBg", "toolErrorBg"]],
  ["text", ["selectedBg"]],
];

/** Below it nobody can read: themes may be faint, not invisible. */
const least = 2;

/** What terminals write with when they are told no colour, about, and what lies behind it. */
const ofTerminal: Record<Appearance, { text: Rgb; background: Rgb }> = {
  dark: { text: grey(0xd8), background: grey(0x10) },
  light: { text: grey(0x20), background: grey(0xff) },
};

/**
 * The palette itself, or one in which text that could not be told from its background is black or white: a theme may name
 * the terminal's own colour for one of the two, and be used on a terminal that it was not made for.
 */
export function readable(palette: Palette, appearance: Appearance): Palette {
  const changes: Partial<Record<Foreground, Colour>> = {};
  const { text: ownText, background: ownBackground } = ofTerminal[appearance];
  for (const [role, grounds] of pairs) {
    const text = rgbOf(palette[role]) ?? ownText;
    const behind = grounds.map((ground) => rgbOf(palette[ground]) ?? ownBackground);
    if (worst(text, behind) >= least) continue;
    changes[role] = worst(grey(0), behind) > worst(grey(255), behind) ? "#000000" : "#ffffff";
  }
  return Object.keys(changes).length === 0 ? palette : { ...palette, ...changes };
}

function worst(text: Rgb, behind: readonly Rgb[]): number {
  return Math.min(...behind.map((ground) => contrast(text, ground)));
}

function grey(value: number): Rgb {
  return { r: value, g: value, b: value };
}
