import { describe, expect, test } from "vitest";
import { completionRequest } from "./completion-request.ts";

/** `|` is the cursor. */
function at(marked: string, force = false): ReturnType<typeof completionRequest> {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const lines = marked.replace("|", "").split("\n");
  return completionRequest({ lines, line: before.length - 1, column: before.at(-1)?.length ?? 0 }, force);
}

const file = (prefix: string, query: string, at = true, quoted = false): object => ({
  kind: "file",
  prefix,
  query,
  at,
  quoted,
});

describe("completionRequest", () => {
  test.each([
    ["/|", { kind: "name", mark: "/", prefix: "/", word: "" }],
    ["/mo|", { kind: "name", mark: "/", prefix: "/mo", word: "mo" }],
    ["  /mo|", { kind: "name", mark: "/", prefix: "/mo", word: "mo" }],
    ["//st|", { kind: "name", mark: "//", prefix: "//st", word: "st" }],
    ["/skill:p|", { kind: "name", mark: "/", prefix: "/skill:p", word: "skill:p" }],
    ["/model g|", { kind: "argument", mark: "/", name: "model", prefix: "g" }],
    ["/model |", { kind: "argument", mark: "/", name: "model", prefix: "" }],
    ["/etc/ho|", null],
    ["a /mo|", null],
    ["text\n/mo|", null],
    ["@|", file("@", "")],
    ["see @src/a|", file("@src/a", "src/a")],
    ["see @src/a| and more", file("@src/a", "src/a")],
    ["text\nsee @a|", file("@a", "a")],
    ["/review @a|", file("@a", "a")],
    ['see @"a b|', file('@"a b', "a b", true, true)],
    ["ada@exam|", null],
    ["hello|", null],
  ])("at %j, is %j", (marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  test.each([
    ["see src/a|", file("src/a", "src/a", false)],
    ["|", file("", "", false)],
    ['cat "a b|', file('"a b', "a b", false, true)],
    ["/export pa|", { kind: "argument", mark: "/", name: "export", prefix: "pa" }],
    ["@a|", file("@a", "a")],
  ])("at %j with Tab, is %j", (marked, expected) => {
    expect(at(marked, true)).toEqual(expected);
  });
});
