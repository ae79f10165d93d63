import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { readThemeChoice, type ThemeChoice } from "./theme-choice.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pier-theme-"));
  mkdirSync(join(folder, "themes"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const builtIn = { dark, light };

function choice(theme?: unknown): ThemeChoice {
  if (theme !== undefined) writeFileSync(join(folder, "settings.json"), JSON.stringify({ theme }));
  return readThemeChoice({ PI_CODING_AGENT_DIR: folder });
}

function themeFile(name: string, colors: object): void {
  writeFileSync(join(folder, "themes", `${name}.json`), JSON.stringify({ name, colors }));
}

test("readThemeChoice, without settings, gives pi's own two themes", () => {
  expect(choice()).toEqual({ palettes: builtIn, problem: null });
  expect(choice("")).toEqual({ palettes: builtIn, problem: null });
  expect(choice(7)).toEqual({ palettes: builtIn, problem: null });
});

test("readThemeChoice, without PI_CODING_AGENT_DIR, reads ~/.pi/agent", () => {
  mkdirSync(join(folder, ".pi", "agent"), { recursive: true });
  writeFileSync(join(folder, ".pi", "agent", "settings.json"), '{"theme":"light"}');
  expect(readThemeChoice({ HOME: folder }).palettes).toEqual({ dark: light, light });
});

test("readThemeChoice, a theme of the person's own, is used on every background", () => {
  const mine = { ...dark, accent: "#010203" };
  themeFile("mine", mine);
  expect(choice("mine")).toEqual({ palettes: { dark: mine, light: mine }, problem: null });
});

test("readThemeChoice, one of a pair that is broken, gives way to pi's for that background", () => {
  themeFile("mine", {});
  const { palettes, problem } = choice("mine/mine");
  expect(palettes).toEqual(builtIn);
  expect(problem).toMatch(
    /^The theme themes\/mine\.json cannot be used: "accent" is missing, .*; the default theme is used instead\.$/,
  );
});

test.each([
  [
    "a file that is not there",
    "absent",
    "There is no file themes/absent.json in pi's folder: the default theme is used instead.",
  ],
  ["a path", "../../etc/passwd", 'A theme cannot be called "../../etc/passwd"'],
  ["a pair of paths", "../etc", 'A theme cannot be called ".."'],
  ["a hidden name", ".hidden", 'A theme cannot be called ".hidden"'],
  ["a name with a NUL", "a\u0000b", "A theme cannot be called"],
  ["a name that is too long", "x".repeat(300), "A theme cannot be called"],
])("readThemeChoice, %s, is told and pi's themes are used", (_, name, told) => {
  const { palettes, problem } = choice(name);
  expect(palettes).toEqual(builtIn);
  expect(problem).toContain(told);
});

test("readThemeChoice, a theme that is a folder, a device or too large, is not read", () => {
  mkdirSync(join(folder, "themes", "folder.json"));
  symlinkSync("/dev/zero", join(folder, "themes", "device.json"));
  writeFileSync(join(folder, "themes", "large.json"), " ".repeat(limits.settingsFile + 1));
  for (const name of ["folder", "device"]) expect(choice(name).problem).toContain("There is no file");
  expect(choice("large").problem).toContain(`it is not read above ${limits.settingsFile}`);
});

test.each(["{", "[1", "nonsense"])("readThemeChoice, settings that are no JSON (%s), are told of", (text) => {
  writeFileSync(join(folder, "settings.json"), text);
  const { palettes, problem } = choice();
  expect(palettes).toEqual(builtIn);
  expect(problem).toMatch(/^settings\.json cannot be read, so the defaults are used: /);
});

test.each(["null", "[]", '"light"', "0"])("readThemeChoice, settings that are no object (%s), say nothing", (text) => {
  writeFileSync(join(folder, "settings.json"), text);
  expect(choice()).toEqual({ palettes: builtIn, problem: null });
});
