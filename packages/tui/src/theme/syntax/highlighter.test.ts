import { describe, expect, test, vi } from "vitest";
import { limits } from "../../limits.ts";
import { neutralise } from "../../text/index.ts";
import { dark } from "../dark.ts";
import { Theme } from "../theme.ts";
import { tokenize } from "./engine.ts";
import { Highlighter } from "./highlighter.ts";
import { languageOf } from "./language-of.ts";

const code = 'const a = "x"; // why\nreturn a;\n';

/** A highlighter whose library is there. */
async function ready(): Promise<Highlighter> {
  const highlighter = new Highlighter({ load: () => Promise.resolve(tokenize), now: () => 0 });
  highlighter.lines(code, "ts");
  await vi.waitFor(() => expect(highlighter.lines(code, "ts")).not.toBeNull());
  return highlighter;
}

const textOf = (lines: ReturnType<typeof tokenize>): string | undefined =>
  lines?.map((line) => line.map(({ text }) => text).join("")).join("\n");

describe("tokenize", () => {
  test("code of a known language, says what is what and keeps every character", () => {
    const lines = tokenize(code, "typescript");
    expect(lines?.[0]).toEqual([
      { text: "const", role: "syntaxKeyword" },
      { text: " a = ", role: null },
      { text: '"x"', role: "syntaxString" },
      { text: "; ", role: null },
      { text: "// why", role: "syntaxComment" },
    ]);
    expect(textOf(lines)).toBe(code);
  });

  test("what begins on one line and ends on another, is coloured on both", () => {
    expect(tokenize("/* a\nb */", "js")).toEqual([
      [{ text: "/* a", role: "syntaxComment" }],
      [{ text: "b */", role: "syntaxComment" }],
    ]);
  });

  test("marks of HTML in code, stay what they are", () => {
    const html = '<p class="a">&amp; &lt;span class="hljs-x"&gt;</span> \'</p>';
    for (const language of ["html", "js", "markdown", "bash"]) expect(textOf(tokenize(html, language))).toBe(html);
  });

  test("a diff, has the colours of one", () => {
    expect(tokenize("+a\n-b", "diff")).toEqual([
      [{ text: "+a", role: "toolDiffAdded" }],
      [{ text: "-b", role: "toolDiffRemoved" }],
    ]);
  });

  test.each([
    ["c", "a"],
    ["cpp", "a "],
    ["csharp", "\n"],
    ["ini", '\\"'],
    ["markdown", "[]("],
  ])("text that %s takes minutes for (%o), is given up and later code is coloured", (language, unit) => {
    const line = unit.repeat(1900 / unit.length);
    expect(tokenize(Array.from({ length: 34 }, () => line).join("\n"), language)).toBeNull();
    expect(tokenize("# a\n// b", language)).not.toBeNull();
  });

  test.each(["nope", "__proto__", "constructor", ""])(
    "a language that nobody knows (%o), is not coloured",
    (language) => {
      expect(tokenize(code, language)).toBeNull();
    },
  );
});

describe("Highlighter", () => {
  test("the library, is loaded with the first code, and then told of", async () => {
    const load = vi.fn(() => Promise.resolve(tokenize));
    const highlighter = new Highlighter({ load, now: () => 0 });
    const coloured = new Promise<void>((resolve) => (highlighter.onColoured = resolve));
    expect(highlighter.lines("plain text", undefined)).toBeNull();
    expect(load).not.toHaveBeenCalled();
    expect(highlighter.lines(code, "ts")).toBeNull();
    expect(highlighter.lines(code, "ts")).toBeNull();
    await coloured;
    expect(load).toHaveBeenCalledOnce();
    expect(textOf(highlighter.lines(code, "ts"))).toBe(code);
  });

  test("a library that is not there, leaves code plain and is tried once", async () => {
    const load = vi.fn(() => Promise.reject(new Error("gone")));
    const highlighter = new Highlighter({ load, now: () => 0 });
    expect(highlighter.lines(code, "ts")).toBeNull();
    await Promise.resolve();
    expect(highlighter.lines(code, "ts")).toBeNull();
    expect(load).toHaveBeenCalledOnce();
  });

  test("what a fence says behind the language, does not matter", async () => {
    const highlighter = await ready();
    for (const language of ["TS", "ts {1,3}", "ts:a.ts", "ts,ignore", "ts title=x"])
      expect(highlighter.lines(code, language)).not.toBeNull();
  });

  test("the same code again, is not worked out again", async () => {
    const highlighter = await ready();
    expect(highlighter.lines(code, "ts")).toBe(highlighter.lines(code, "ts"));
  });

  test("long code, is coloured in a pause, and in its beginning while it grows", async () => {
    const highlighter = await ready();
    const long = code.repeat(Math.ceil(limits.quickCode / code.length) + 1);
    const coloured = new Promise<void>((resolve) => (highlighter.onColoured = resolve));
    expect(highlighter.lines(long, "js")).toBeNull();
    expect(textOf(highlighter.lines(long, "ts"))).toBe(code.trimEnd());
    await coloured;
    expect(textOf(highlighter.lines(long, "ts"))).toBe(long);
    const begun = highlighter.lines(long + code, "ts");
    expect(begun).toHaveLength(long.split("\n").length - 1);
  });

  test("much code at once, waits for a pause so that keys are heard, and all of it gets its colours", async () => {
    let time = 0;
    const slow = (text: string): ReturnType<typeof tokenize> => {
      time += limits.highlighting / 2;
      return [[{ text, role: null }]];
    };
    const highlighter = new Highlighter({ load: () => Promise.resolve(slow), now: () => time });
    const pieces = Array.from({ length: 7 }, (_, at) => `${at}`);
    const known = (): number => pieces.filter((piece) => highlighter.lines(piece, "ts") !== null).length;
    expect(known()).toBe(0);
    await vi.waitFor(() => expect(known()).toBeGreaterThan(0));
    expect(known()).toBe(2);
    highlighter.onColoured = () => {
      time += limits.longCodePause;
    };
    await vi.waitFor(() => expect(known()).toBe(pieces.length));
  });

  test("code that took too long, is not tried again while it grows", async () => {
    const engine = vi.fn((_code: string, _language: string) => null);
    const highlighter = new Highlighter({ load: () => Promise.resolve(engine), now: () => 0 });
    highlighter.lines("a", "ts");
    await vi.waitFor(() => {
      highlighter.lines("a", "ts");
      expect(engine).toHaveBeenCalledOnce();
    });
    expect(highlighter.lines("ab", "ts")).toBeNull();
    expect(highlighter.lines("abc", "ts")).toBeNull();
    expect(engine).toHaveBeenCalledOnce();
    highlighter.lines("b", "ts");
    highlighter.lines("ab", "js");
    expect(engine).toHaveBeenCalledTimes(3);
  });

  test("code that is too long, or has a line that is, stays plain", async () => {
    const highlighter = await ready();
    expect(highlighter.lines("a;\n".repeat(limits.code / 3 + 1), "ts")).toBeNull();
    expect(highlighter.lines(`a;\n${"b".repeat(limits.codeLine + 1)}`, "ts")).toBeNull();
    expect(highlighter.lines("a".repeat(limits.codeLine), "ts")).not.toBeNull();
  });
});

describe("Theme.highlight", () => {
  test("code, has as many rows and the same text in colours and without", async () => {
    const theme = new Theme(dark, "256");
    const plain = theme.highlight(code, "ts");
    await new Promise<void>((resolve) => (theme.highlighter.onColoured = resolve));
    const coloured = theme.highlight(code, "ts");
    expect(coloured).not.toEqual(plain);
    expect(coloured.map(neutralise)).toEqual(code.split("\n"));
    expect(plain.map(neutralise)).toEqual(code.split("\n"));
  });

  test("without colours, nothing is loaded", () => {
    const theme = new Theme(dark, "none");
    expect(theme.highlight(code, "ts")).toEqual(code.split("\n"));
    theme.highlighter.onColoured = () => expect.unreachable();
  });
});

describe("languageOf", () => {
  test.each([
    ["/home/ada/src/a.ts", "ts"],
    ["a.test.MTS", "typescript"],
    ["C:\\src\\a.PY", "py"],
    ["Dockerfile", "dockerfile"],
    ["x/Makefile", "makefile"],
    ["a.svelte", "html"],
    [".bashrc", "bash"],
    ["README", undefined],
    ["a.b/c", undefined],
    ["", undefined],
    ["x.constructor", "constructor"],
  ])("%o, is %o", (path, language) => {
    expect(languageOf(path)).toBe(language);
  });
});
