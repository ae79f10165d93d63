import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backgrounds, foregrounds } from "./colours.ts";
import { dark } from "./dark.ts";
import { light } from "./light.ts";
import { parseTheme } from "./theme-file.ts";

const file = (colors: object, vars?: unknown): object => ({ name: "x", vars, colors: { ...dark, ...colors } });

const failure = (theme: unknown): string => {
  try {
    parseTheme(theme);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test("parseTheme, the four forms of a colour, are what they mean", () => {
  const vars = { primary: "deep", deep: "#ABCDEF", index: 39, none: "" };
  const { accent, border, text, muted, dim } = parseTheme(
    file({ accent: "primary", border: 208, text: "", muted: "index", dim: "none" }, vars),
  );
  expect([accent, border, text, muted, dim]).toEqual(["#abcdef", 208, "", 39, ""]);
});

test("parseTheme, colours that are not used here, are ignored whatever they are", () => {
  expect(parseTheme(file({ scrollbarThumb: "nowhere", other: {} }))).toEqual(dark);
});

test("parseTheme, without thinkingMax, takes thinkingXhigh", () => {
  const { thinkingMax: _, ...colors } = { ...dark, thinkingXhigh: "#010203" };
  expect(parseTheme({ colors }).thinkingMax).toBe("#010203");
});

test.each([
  ["nothing", null, "it is no object"],
  ["a list", [], "it is no object"],
  ["no colours", {}, 'it has no "colors"'],
  ["colours that are a list", { colors: [] }, 'it has no "colors"'],
  ["vars that are a text", { vars: "x", colors: {} }, 'its "vars" are no object'],
  ["an unknown variable", file({ accent: "nope" }), '"accent" names the variable "nope", which does not exist'],
  ["a variable of every object", file({ accent: "constructor" }), "which does not exist"],
  ["__proto__", file({ accent: "__proto__" }), "which does not exist"],
  ["a short hexadecimal", file({ accent: "#abc" }), '"accent" is "#abc": #rrggbb, 0 to 255'],
  ["an index that is too high", file({ accent: 256 }), '"accent" is 256'],
  ["an index that is no whole number", file({ accent: 1.5 }), '"accent" is 1.5'],
  ["an object", file({ accent: { r: 1 } }), '"accent" is {"r":1}'],
  ["an escape sequence", file({ accent: "#12345\u001b[31m" }), '"accent" is "#12345\\u001b[31m"'],
])("parseTheme, %s, is refused with what is wrong", (_, theme, told) => {
  expect(failure(theme)).toContain(told);
});

test("parseTheme, variables that lead in a circle, are refused", () => {
  expect(failure(file({ accent: "a" }, { a: "b", b: "c", c: "a" }))).toContain('"accent" names the variable "a"');
  expect(failure(file({ accent: "a" }, { a: "a" }))).toContain("which leads back to itself");
});

test("parseTheme, a chain of a thousand variables, ends at its colour", () => {
  const vars = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`v${at}`, at === 999 ? 7 : `v${at + 1}`]));
  expect(parseTheme(file({ accent: "v0" }, vars)).accent).toBe(7);
});

test("parseTheme, many problems, tells three and how many more", () => {
  expect(failure({ colors: {} })).toMatch(
    /^"accent" is missing, "border" is missing, "borderAccent" is missing, \d+ more$/,
  );
});

test("parseTheme, pi's own themes, are the palettes that are used here", () => {
  const pi = createRequire(import.meta.url)
    .resolve.paths("@earendil-works")
    ?.map((folder) => join(folder, "@earendil-works", "pi-coding-agent", "dist", "modes", "interactive", "theme"))
    .find((folder) => existsSync(folder));
  for (const [name, palette] of Object.entries({ dark, light }))
    expect(parseTheme(JSON.parse(readFileSync(join(pi ?? "", `${name}.json`), "utf8")))).toEqual(palette);
  expect(Object.keys(dark)).toHaveLength(foregrounds.length + backgrounds.length);
});
