import type { ToolRun } from "@pier/protocol";
import { expect, test } from "vitest";
import { plain, viewOf } from "../../../tests/support/sight.ts";
import { ToolCallView } from "./tool-call-view.ts";

const call = { name: "bash", args: { command: "make" }, state: "finished" } as const;
const run = (change: Partial<ToolRun> = {}): ToolRun => ({
  toolCallId: "1",
  toolName: "bash",
  args: {},
  ended: false,
  ...change,
});
const said = (text: string): object => ({ content: [{ type: "text", text }] });

function shown(): { view: ToolCallView; rows: () => string[] } {
  const view = new ToolCallView({ view: viewOf(), cwd: "/home/ada/project", outdate: () => {} });
  view.setCall(call);
  return { view, rows: () => plain(view.render(60)) };
}

test("ToolCallView while its run goes on, shows the last rows of its output", () => {
  const { view, rows } = shown();
  expect([rows(), view.settled]).toEqual([[" $ make  waiting"], false]);
  const going = run();
  view.setRun(going);
  expect(rows()).toEqual([" $ make  running"]);
  going.partialResult = said("1\n2\n3\n4\n5\n6\n7");
  view.setRun(going);
  expect(rows()).toEqual([" $ make  running", "   3", "   4", "   5", "   6", "   7"]);
});

test("ToolCallView of a run that ended without output, is done before its message comes, and settles with it", () => {
  const { view, rows } = shown();
  const going = run();
  view.setRun(going);
  rows();
  going.ended = true;
  view.setRun(going);
  expect([rows(), view.settled]).toEqual([[" $ make  ✓"], false]);
  view.answer({ content: [], isError: false, durationMs: 61_000 });
  expect([rows(), view.settled]).toEqual([[" $ make  ✓ 1m 01s"], true]);
});

test("ToolCallView of a run that took its time, tells the time of the run when the message does not", () => {
  const { view, rows } = shown();
  view.setRun(run({ ended: true, durationMs: 2000, result: said("") }));
  view.setRun(run({ ended: true, durationMs: 2000, result: said("") }));
  view.answer({ content: [], isError: false });
  expect(rows()).toEqual([" $ make  ✓ 2.0s"]);
});

test("ToolCallView that was given up, is shown as that until a result comes all the same", () => {
  const { view, rows } = shown();
  view.setEnd("stopped");
  expect([rows(), view.settled]).toEqual([[" $ make  stopped"], true]);
  view.answer({ content: [{ type: "text", text: "x\n\nCommand exited with code 1" }], isError: true });
  expect(rows()).toEqual([" $ make  ✗ exit 1", "   x"]);
  view.setEnd("stopped");
  expect(rows()).toEqual([" $ make  ✗ exit 1", "   x"]);
});

test("ToolCallView while arguments stream, shows what is there and how much", () => {
  const { view, rows } = shown();
  view.setCall({ name: "write", args: '{"path": "/home/ada/project/src/a.ts", "content": "', state: "open" });
  expect(rows()).toEqual([" write src/a.ts  …"]);
  view.setCall({
    name: "write",
    args: `{"path": "/home/ada/project/src/a.ts", "content": "${"x".repeat(5000)}`,
    state: "open",
  });
  expect(rows()[0]).toMatch(/^ write src\/a\.ts .* … 5 KB$/);
});
