import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { limits } from "../limits.ts";
import type { Appearance, Palette } from "./colours.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { parseThemeFile } from "./theme-file.ts";

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
  const folder = env.PI_CODING_AGENT_DIR || join(env.HOME || homedir(), ".pi", "agent");
  const problems: string[] = [];
  const name = attempt(problems, () => themeSetting(folder), null);
  if (name === null) return { palettes: builtIn, problem: problems[0] ?? null };
  const [first = "", second, ...others] = name.split("/");
  const paletteOf = (theme: string, standIn: Palette): Palette =>
    attempt(problems, () => namedPalette(folder, theme), standIn);
  if (second !== undefined && others.length === 0) {
    const palettes = { light: paletteOf(first, light), dark: paletteOf(second, dark) };
    return { palettes, problem: [...new Set(problems)].join(" ") || null };
  }
  const palette = attempt(problems, () => namedPalette(folder, name), null);
  if (palette === null) return { palettes: builtIn, problem: problems.join(" ") };
  return { palettes: { dark: palette, light: palette }, problem: null };
}

function themeSetting(folder: string): string | null {
  const path = join(folder, "settings.json");
  try {
    const { theme } = (JSON.parse(readSmall(path) ?? "{}") ?? {}) as { theme?: unknown };
    return typeof theme === "string" && theme.trim() !== "" ? theme.trim() : null;
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "it is no JSON" : (cause as Error).message;
    throw new Error(`${path} cannot be read: ${why}; the default theme is used.`, { cause });
  }
}

function namedPalette(folder: string, name: string): Palette {
  if (name === "dark" || name === "light") return builtIn[name];
  const rest = "the default theme is used instead.";
  if (!/^[^/\\\0]{1,100}$/.test(name) || name.startsWith("."))
    throw new Error(`A theme cannot be called "${name.slice(0, 100)}": ${rest}`);
  const path = join(folder, "themes", `${name}.json`);
  try {
    const text = readSmall(path);
    if (text === null) throw new Error("there is no such file");
    return parseThemeFile(text);
  } catch (error) {
    throw new Error(`The theme ${path} cannot be used: ${(error as Error).message}; ${rest}`, { cause: error });
  }
}

/** The text of a file; null when there is none. What is no plain file, or too large to be one of pi's, is refused. */
function readSmall(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile() || stat.size > limits.themeFile)
    throw new Error(`it is no file of at most ${limits.themeFile} bytes`);
  return readFileSync(path, "utf8");
}

function attempt<T>(problems: string[], read: () => T, standIn: T): T {
  try {
    return read();
  } catch (error) {
    problems.push((error as Error).message);
    return standIn;
  }
}
