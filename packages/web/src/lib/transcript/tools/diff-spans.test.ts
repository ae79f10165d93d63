import { expect, test } from "vitest";
import { diffLines } from "./diff-lines.ts";
import { diffSpans, sideOf } from "./diff-spans.ts";

const lines = diffLines(" 1 const a = 1;\n-2 let b = old;\n+2 let b = fresh;\n   ...\n 9 end();");

test("sideOf, each side: its own lines and those of both", () => {
  expect(sideOf(lines, "removed")).toBe("const a = 1;\nlet b = old;\nend();");
  expect(sideOf(lines, "added")).toBe("const a = 1;\nlet b = fresh;\nend();");
});

test("diffSpans without colours: whole lines, with what differs marked", () => {
  const plain = { className: undefined, isMarked: false };
  expect(diffSpans(lines, null, null)).toEqual([
    [{ text: "const a = 1;", ...plain }],
    [
      { text: "let b = ", ...plain },
      { text: "old", className: undefined, isMarked: true },
      { text: ";", ...plain },
    ],
    [
      { text: "let b = ", ...plain },
      { text: "fresh", className: undefined, isMarked: true },
      { text: ";", ...plain },
    ],
    [],
    [{ text: "end();", ...plain }],
  ]);
});

test("diffSpans with colours: each side's own, cut where a mark begins and ends", () => {
  const keyword = { text: "let", className: "syn-keyword" };
  const before = [
    [{ text: "const a = 1;" }],
    [keyword, { text: " b = old;" }],
    [{ text: "end();", className: "syn-function" }],
  ];
  const after = [
    [{ text: "const a = 1;" }],
    [keyword, { text: " b = fresh;" }],
    [{ text: "end();", className: "syn-type" }],
  ];
  const spans = diffSpans(lines, before, after);
  expect(spans[1]).toEqual([
    { ...keyword, isMarked: false },
    { text: " b = ", className: undefined, isMarked: false },
    { text: "old", className: undefined, isMarked: true },
    { text: ";", className: undefined, isMarked: false },
  ]);
  expect(spans[2]?.find(({ isMarked }) => isMarked)?.text).toBe("fresh");
  expect(spans[4]).toEqual([{ text: "end();", className: "syn-type", isMarked: false }]);
});
