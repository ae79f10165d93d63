import { expect, test } from "vitest";
import { toolTitle } from "./tool-title.ts";

const words = (name: string, args: Record<string, unknown>): string => {
  const { verb, call, more } = toolTitle(name, args, "/home/me/project");
  return [verb, call, more].filter(Boolean).join(" | ");
};

test.each([
  ["bash", { command: "npm test" }, "npm test"],
  ["bash", { command: "cd a\nls\npwd" }, "cd a | 2 more lines"],
  ["read", { path: "/home/me/project/src/a.ts" }, "read | src/a.ts"],
  ["read", { path: "a.ts", offset: 10, limit: 5 }, "read | a.ts | lines 10 to 14"],
  ["read", { path: "a.ts", offset: 10 }, "read | a.ts | from line 10"],
  ["grep", { pattern: "x  y", path: "src", glob: "*.ts" }, "grep | x y | in src (*.ts)"],
  ["ls", {}, "ls | ."],
  ["write", { file_path: "a.ts" }, "write | a.ts"],
  ["deploy", { to: "staging", force: true }, 'deploy | to: "staging", force: true'],
  ["deploy", {}, "deploy"],
  ["deploy", { deep: { a: [1, { b: { c: { d: 1 } } }] } }, "deploy | deep: {a: [1, {b: …}]}"],
])("toolTitle, %s %o, is %s", (name, args, title) => {
  expect(words(name, args)).toBe(title);
});

test.each([{ command: 3 }, { path: null }, { pattern: [] }, { offset: "x" }])(
  "toolTitle, arguments that no tool takes (%o), does not throw",
  (args) => {
    for (const name of ["bash", "read", "edit", "write", "grep", "find", "ls", "other"]) words(name, args);
  },
);

test("toolTitle, a command of many characters, is one line of bounded length", () => {
  expect(words("bash", { command: "x".repeat(100_000) }).length).toBeLessThan(500);
});

test("toolTitle, an argument that was elided, is its beginning, or its size", () => {
  const long = { elided: true, head: "echo begin", tail: "end", bytes: 40_000, href: "/x" };
  expect(words("bash", { command: long })).toBe("echo begin");
  expect(words("deploy", { what: long })).toBe("deploy | what: [40 KB]");
});
