import fc from "fast-check";
import { expect, test } from "vitest";
import { toolRow } from "./finished-rows.ts";
import { leastInGroup, mostInGroup } from "./quick-tools.ts";
import type { PartRow, ToolState } from "./row.ts";
import { TurnLayout } from "./turn-layout.ts";

let made = 0;
const tool = (name: string, state: ToolState = "done"): PartRow =>
  toolRow({ key: `k${++made}`, turn: "t", call: undefined }, name, {}, state);
const closed = (): undefined => undefined;

function kindsOf(parts: readonly PartRow[], isOpen: (key: string) => boolean | undefined = closed): string[] {
  const layout = new TurnLayout();
  layout.update(parts, 0, isOpen);
  return layout.rows.map(({ kind }) => kind);
}

test(`TurnLayout, ${leastInGroup} calls of one quick tool, are a group; one fewer are not`, () => {
  const reads = Array.from({ length: leastInGroup }, () => tool("read"));
  expect(kindsOf(reads)).toEqual(["group"]);
  expect(kindsOf(reads.slice(1))).toEqual(reads.slice(1).map(() => "tool"));
});

test("TurnLayout, quick calls of different tools, and what failed, stand alone", () => {
  const rows = [tool("read"), tool("read"), tool("grep"), tool("grep"), tool("grep", "failed"), tool("bash")];
  expect(kindsOf(rows)).toEqual(rows.map(() => "tool"));
});

test(`TurnLayout, more than ${mostInGroup} in a run, are several groups`, () => {
  expect(kindsOf(Array.from({ length: 2 * mostInGroup + 1 }, () => tool("read")))).toEqual(["group", "group", "tool"]);
});

test("TurnLayout, a group that is open, shows its calls below it", () => {
  expect(kindsOf([tool("read"), tool("read"), tool("read")], () => true)).toEqual(["group", "tool", "tool", "tool"]);
});

test("TurnLayout, changed from any part on, is that of all parts at once, and rows before the first changed one stay", () => {
  const names = fc.constantFrom("read", "grep", "bash");
  const step = fc.record({ at: fc.nat(40), names: fc.array(names, { maxLength: 5 }), isGroupOpen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, isGroupOpen) => {
      const isOpen = (): boolean => isGroupOpen;
      const layout = new TurnLayout();
      const parts: PartRow[] = [];
      for (const { at, names: added } of steps) {
        const from = Math.min(at, parts.length);
        parts.splice(from, parts.length, ...added.map((name) => tool(name)));
        const before = [...layout.rows];
        const first = layout.update(parts, from, isOpen);
        expect(layout.rows.slice(0, first).every((row, index) => row === before[index])).toBe(true);
        const atOnce = new TurnLayout();
        atOnce.update(parts, 0, isOpen);
        expect(layout.rows).toEqual(atOnce.rows);
      }
    }),
  );
});
