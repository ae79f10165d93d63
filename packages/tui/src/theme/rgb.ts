import type { Colour } from "./colours.ts";

export interface Rgb {
  r: number;
  g: number;
  b: number;
}

/** The levels of the colour cube among the 256 colours. */
const levels = [0, 95, 135, 175, 215, 255];
/** The first sixteen, as xterm has them: people change these, so none is ever chosen, but themes may name them. */
const basic = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

/** The channels of a colour, 0 to 255 each; null for the terminal's own. */
export function rgbOf(colour: Colour): Rgb | null {
  if (colour === "") return null;
  if (typeof colour === "string") return fromNumber(Number.parseInt(colour.slice(1), 16));
  if (colour < 16) return fromNumber(basic[colour] ?? 0);
  if (colour >= 232) return grey(8 + 10 * (colour - 232));
  const at = colour - 16;
  return { r: level(Math.floor(at / 36)), g: level(Math.floor(at / 6) % 6), b: level(at % 6) };
}

/** The one of the 256 colours that is nearest to the eye, of those that look the same on every terminal. */
export function nearestIndex(colour: Rgb): number {
  let nearest = 16;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 16; index < 256; index++) {
    const other = rgbOf(index);
    const away = other ? distance(colour, other) : least;
    if (away < least) [nearest, least] = [index, away];
  }
  return nearest;
}

/** How bright a colour is, 0 to 1, as WCAG 2 reckons it. */
export function luminance({ r, g, b }: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** How well one colour stands out from another, 1 to 21, as WCAG 2 reckons it. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function distance(a: Rgb, b: Rgb): number {
  // The eye tells greens apart best; a tint that is lost or gained is seen more than another brightness.
  const tint = (colour: Rgb): number => Math.max(colour.r, colour.g, colour.b) - Math.min(colour.r, colour.g, colour.b);
  return 3 * (a.r - b.r) ** 2 + 6 * (a.g - b.g) ** 2 + (a.b - b.b) ** 2 + 2 * (tint(a) - tint(b)) ** 2;
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function level(at: number): number {
  return levels[at] ?? 0;
}

function grey(value: number): Rgb {
  return { r: value, g: value, b: value };
}

function fromNumber(value: number): Rgb {
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}
