import { expect, test } from "vitest";
import type { Row } from "../rows/row.ts";
import { estimateHeight } from "./estimate-height.ts";

const measures = { width: 736, line: 24, target: 32 };
const prose = (text: string): Row => ({ kind: "prose", key: "k", turn: "t", text, streaming: false });

test("estimateHeight, prose, grows with its length and on a narrow column, and is bounded", () => {
  const [short, long] = [estimateHeight(prose("word"), measures), estimateHeight(prose("word ".repeat(400)), measures)];
  expect(long).toBeGreaterThan(4 * short);
  expect(estimateHeight(prose("word ".repeat(400)), { ...measures, width: 300 })).toBeGreaterThan(long);
  expect(estimateHeight(prose("x".repeat(10_000_000)), measures)).toBeLessThan(100_000);
});

test("estimateHeight, before anything was measured, is no nonsense", () => {
  expect(estimateHeight(prose(""), { width: 0, line: 24, target: 32 })).toBeGreaterThan(0);
});
