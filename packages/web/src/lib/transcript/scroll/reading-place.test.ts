import { expect, test } from "vitest";
import type { Row } from "../rows/row.ts";
import { Heights } from "./heights.ts";
import { ReadingPlace } from "./reading-place.ts";

const row = (key: string): Row => ({ kind: "card", key, turn: "t", name: key, value: {} });

function list(count: number, height = 100): { rows: Row[]; heights: Heights; place: ReadingPlace } {
  const rows = Array.from({ length: count }, (_, at) => row(`r${at}`));
  const heights = new Heights();
  for (const _ of rows) heights.push(height);
  return { rows, heights, place: new ReadingPlace(rows) };
}

test("ReadingPlace, rows that come before, are stepped over", () => {
  const { rows, heights, place } = list(20);
  place.take(530, heights);
  expect(place.place).toEqual({ key: "r5", into: 30 });
  rows.unshift(row("a"), row("b"));
  for (let at = 0; at < 2; at++) heights.push(100);
  place.shift(2);
  expect(place.find(heights)).toBe(730);
});

test("ReadingPlace, a row above that becomes higher, moves it along", () => {
  const { heights, place } = list(20);
  place.take(530, heights);
  heights.set(2, 350);
  expect(place.find(heights)).toBe(780);
});

test("ReadingPlace, its row is folded away, goes on with the next one that is left", () => {
  const { rows, heights, place } = list(20);
  place.take(530, heights);
  rows.splice(5, 2);
  heights.truncate(18);
  // The row after the two is at 500 now and was 170 px below the edge.
  expect(place.find(heights)).toBe(500 - 170);
});

test("ReadingPlace, all its rows are gone, knows none", () => {
  const { rows, heights, place } = list(20);
  place.take(530, heights);
  rows.length = 3;
  heights.truncate(3);
  expect(place.find(heights)).toBeNull();
  expect(place.takeRow("r9", 0)).toBe(false);
  expect(place.takeRow("r1", 40)).toBe(true);
  expect(place.find(heights)).toBe(140);
});
