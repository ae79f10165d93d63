import { expect, test } from "vitest";
import { diffLines, diffOfEdits } from "./diff-lines.ts";

test("diffLines, a line in the place of another, marks what differs in both", () => {
  const [removed, added] = diffLines("-5   const t = station.offset;\n+5   const t = station.zone;");
  expect(removed).toMatchObject({ kind: "removed", number: "5" });
  expect(removed?.text.slice(removed.mark?.start, removed.mark?.end)).toContain("offset");
  expect(added?.text.slice(added.mark?.start, added.mark?.end)).toContain("zone");
});

test("diffLines, lines that only come or only go, mark nothing", () => {
  expect(diffLines("+1 a\n+2 b\n 3 c\n-4 d").map(({ kind, mark }) => [kind, mark])).toEqual([
    ["added", null],
    ["added", null],
    ["context", null],
    ["removed", null],
  ]);
});

test("diffLines, lines that are left out, are one line that says so", () => {
  expect(diffLines(" 1 a\n     ...\n 90 b").map(({ kind }) => kind)).toEqual(["context", "skip", "context"]);
});

test("diffLines, very long lines, are compared by no word", () => {
  const [removed] = diffLines(`-1 ${"a".repeat(3_000)}\n+1 ${"b".repeat(3_000)}`);
  expect(removed?.mark).toBeNull();
});

test("diffOfEdits, several edits and a lone one, are lines with signs", () => {
  const edits = [
    { oldText: "a\nb\n", newText: "c\n" },
    { oldText: "", newText: "d" },
  ];
  expect(diffOfEdits({ edits })).toBe("- a\n- b\n+ c\n+ d");
  expect(diffOfEdits({ oldText: "a", newText: "b" })).toBe("- a\n+ b");
  expect(diffOfEdits({ edits: [null, 3] })).toBe("");
});
