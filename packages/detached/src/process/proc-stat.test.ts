import { expect, test } from "vitest";
import { parseProcStat } from "./proc-stat.ts";

const REST = "S 1 4242 4242 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 11 0 987654 1 2 3";

test("parseProcStat, a plain name, reads state, group, session and start", () => {
  expect(parseProcStat(`4242 (node) ${REST}`)).toEqual({
    state: "S",
    group: 4242,
    session: 4242,
    startTicks: "987654",
  });
});

test("parseProcStat, a name that imitates the line, is not fooled", () => {
  expect(parseProcStat(`4242 (x) Z 1 1 1 (y) ${REST}`)?.state).toBe("S");
});

test("parseProcStat, a cut line, gives null", () => {
  expect(parseProcStat("4242 (node) S 1 4242")).toBeNull();
  expect(parseProcStat("")).toBeNull();
});
