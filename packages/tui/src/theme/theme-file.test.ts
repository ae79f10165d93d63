import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { piCli } from "../../../../tests/harness/pi-under-test.ts";
import { backgrounds, foregrounds } from "./colours.ts";
import { dark } from "./dark.ts";
import { parseThemeFile } from "./theme-file.ts";

const file = (colors: object, vars?: unknown): string =>
  JSON.stringify({ name: "x", vars, colors: { ...dark, ...colors } });

const failure = (text: string): string => {
  try {
    parseThemeFile(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test("parseThemeFile, the four forms of a colour, are what they mean", () => {
  const vars = { primary: "deep", deep: "#ABCDEF", index: 39, none: "" };
  const { accent, border, text, muted, dim } = parseThemeFile(
    file({ accent: "primary", border: 208, text: "", muted: "index", dim: "none" }, vars),
  );
  expect([accent, border, text, muted, dim]).toEqual(["#abcdef", 208, "", 39, ""]);
});

test("parseThemeFile, colours that are not used here, are ignored whatever they are", () => {
  expect(parseThemeFile(file({ scrollbarThumb: "nowhere", other: {} }))).toEqual(dark);
});

test("parseThemeFile, without thinkingMax, takes thinkingXhigh", () => {
  const { thinkingMax: _, ...colors } = { ...dark, thinkingXhigh: "#010203" };
  expect(parseThemeFile(JSON.stringify({ colors })).thinkingMax).toBe("#010203");
});

test.each([
  ["no JSON", "{", "it is no JSON"],
  ["nothing", "null", "it is no JSON object"],
  ["a list", "[]", "it is no JSON object"],
  ["no colours", "{}", 'it has no "colors"'],
  ["colours that are a list", '{"colors":[]}', 'it has no "colors"'],
  ["vars that are a text", '{"vars":"x","colors":{}}', 'its "vars" are no object'],
  ["an unknown variable", file({ accent: "nope" }), '"accent" names the variable "nope", which does not exist'],
  ["a variable of every object", file({ accent: "constructor" }), "which does not exist"],
  ["__proto__", file({ accent: "__proto__" }), "which does not exist"],
  ["a short hexadecimal", file({ accent: "#abc" }), '"accent" is "#abc": #rrggbb, 0 to 255'],
  ["an index that is too high", file({ accent: 256 }), '"accent" is 256'],
  ["an index that is no whole number", file({ accent: 1.5 }), '"accent" is 1.5'],
  ["an object", file({ accent: { r: 1 } }), '"accent" is {"r":1}'],
  ["an escape sequence", file({ accent: "#12345\u001b[31m" }), '"accent" is "#12345\\u001b[31m"'],
])("parseThemeFile, %s, is refused with what is wrong", (_, text, told) => {
  expect(failure(text)).toContain(told);
});

test("parseThemeFile, variables that lead in a circle, are refused", () => {
  expect(failure(file({ accent: "a" }, { a: "b", b: "c", c: "a" }))).toContain('"accent" names the variable "a"');
  expect(failure(file({ accent: "a" }, { a: "a" }))).toContain("which leads back to itself");
});

test("parseThemeFile, a chain of a thousand variables, ends at its colour", () => {
  const vars = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`v${at}`, at === 999 ? 7 : `v${at + 1}`]));
  expect(parseThemeFile(file({ accent: "v0" }, vars)).accent).toBe(7);
});

test("parseThemeFile, many problems, tells three and how many more", () => {
  expect(failure('{"colors":{}}')).toMatch(
    /^"accent" is missing, "border" is missing, "borderAccent" is missing, \d+ more$/,
  );
});

test("parseThemeFile, pi's own themes, are the palettes that are used here", async () => {
  const folder = join(dirname(piCli), "modes", "interactive", "theme");
  const builtIn = { dark, light: (await import("./light.ts")).light };
  for (const [name, palette] of Object.entries(builtIn))
    expect(parseThemeFile(readFileSync(join(folder, `${name}.json`), "utf8"))).toEqual(palette);
  expect(Object.keys(dark)).toHaveLength(foregrounds.length + backgrounds.length);
});
