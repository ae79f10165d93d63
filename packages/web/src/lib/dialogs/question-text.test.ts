import { expect, test } from "vitest";
import { bodyLines, questionText } from "./question-text.ts";

const long = `rm -rf ${"x".repeat(100)}`;

test.each([
  ["a short question", { title: "Sure?", message: "It is lost." }, { title: "Sure?", why: "It is lost.", body: "" }],
  ["a short command in the title", { title: "Run: ls" }, { title: "Run: ls", why: "", body: "" }],
  ["a long command in the title", { title: `Run: ${long}` }, { title: "Run", why: "", body: long }],
  [
    "a title of several lines",
    { title: "Run?\ngit push\n--force" },
    { title: "Run?", why: "", body: "git push\n--force" },
  ],
  ["a message of several lines", { title: "Apply?", message: "-a\n+b" }, { title: "Apply?", why: "", body: "-a\n+b" }],
  ["a very long word", { title: "x".repeat(400) }, { title: "A question", why: "", body: "x".repeat(400) }],
  ["nothing", {}, { title: "A question", why: "", body: "" }],
  ["colours of a terminal", { title: "\u001b[31mStop?\u001b[0m" }, { title: "Stop?", why: "", body: "" }],
])("questionText of %s", (_what, dialog, expected) => {
  expect(questionText(dialog)).toEqual(expected);
});

test("bodyLines of a diff, say what happened to each", () => {
  const kinds = (body: string): string[] => bodyLines(body).map(({ kind }) => kind);
  expect(kinds("--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same")).toEqual([
    "hunk",
    "hunk",
    "hunk",
    "removed",
    "added",
    "plain",
  ]);
  expect(kinds("- a list\n+ of things")).toEqual(["plain", "plain"]);
});
