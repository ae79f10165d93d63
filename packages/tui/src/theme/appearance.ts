import type { Appearance } from "./colours.ts";
import { luminance, type Rgb, rgbOf } from "./rgb.ts";

/** What `COLORFGBG` (foreground;background, as indexes) says of the terminal's background; null when it says nothing. */
export function appearanceFromEnv({ COLORFGBG = "" }: NodeJS.ProcessEnv): Appearance | null {
  const last = COLORFGBG.split(";").at(-1) ?? "";
  if (!/^\d{1,3}$/.test(last)) return null;
  const background = Number(last) < 256 ? rgbOf(Number(last)) : null;
  return background && appearanceOf(background);
}

/** Whether a background is dark or light: whichever of black and white text stands out more is for it. */
export function appearanceOf(background: Rgb): Appearance {
  return luminance(background) > 0.179 ? "light" : "dark";
}
