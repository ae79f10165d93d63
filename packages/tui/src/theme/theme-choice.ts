import { readPiFile } from "../editor/pi-file.ts";
import type { Appearance, Palette } from "./colours.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { parseTheme } from "./theme-file.ts";

/** Which colours a person wants. */
export interface ThemeChoice {
  /** For each background; the same twice when the theme does not depend on it. */
  palettes: Record<Appearance, Palette>;
  /** What could not be used, in one sentence. */
  problem: string | null;
}

const builtIn: Readonly<Record<Appearance, Palette>> = { dark, light };

/** Reads pi's settings and the theme files they name; pi's own two themes where there is nothing to read. */
export function readThemeChoice(env: NodeJS.ProcessEnv): ThemeChoice {
  const problems: string[] = [];
  const name = attempt(problems, () => themeSetting(env), null);
  if (name === null) return { palettes: builtIn, problem: problems[0] ?? null };
  const [first = "", second, ...others] = name.split("/");
  const paletteOf = (theme: string, standIn: Palette): Palette =>
    attempt(problems, () => namedPalette(env, theme), standIn);
  if (second !== undefined && others.length === 0) {
    const palettes = { light: paletteOf(first, light), dark: paletteOf(second, dark) };
    return { palettes, problem: [...new Set(problems)].join(" ") || null };
  }
  const palette = attempt(problems, () => namedPalette(env, name), null);
  if (palette === null) return { palettes: builtIn, problem: problems.join(" ") };
  return { palettes: { dark: palette, light: palette }, problem: null };
}

function themeSetting(env: NodeJS.ProcessEnv): string | null {
  const { value, problem } = readPiFile(env, "settings.json");
  if (problem !== null) throw new Error(problem);
  const { theme } = (value ?? {}) as { theme?: unknown };
  return typeof theme === "string" && theme.trim() !== "" ? theme.trim() : null;
}

function namedPalette(env: NodeJS.ProcessEnv, name: string): Palette {
  if (name === "dark" || name === "light") return builtIn[name];
  const rest = "the default theme is used instead.";
  if (!/^[^/\\\0]{1,100}$/.test(name) || name.startsWith("."))
    throw new Error(`A theme cannot be called "${name.slice(0, 100)}": ${rest}`);
  const file = `themes/${name}.json`;
  const { value, problem } = readPiFile(env, file);
  if (problem !== null) throw new Error(problem);
  if (value === undefined) throw new Error(`There is no file ${file} in pi's folder: ${rest}`);
  try {
    return parseTheme(value);
  } catch (error) {
    throw new Error(`The theme ${file} cannot be used: ${(error as Error).message}; ${rest}`, { cause: error });
  }
}

function attempt<T>(problems: string[], read: () => T, standIn: T): T {
  try {
    return read();
  } catch (error) {
    problems.push((error as Error).message);
    return standIn;
  }
}
