import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import {
  appendBashOutput,
  type BashRun,
  bashRunEvents,
  startBashRun,
  type ToolRun,
  toolRunEvents,
  updateToolRuns,
} from "./running-work.ts";

function toolsAfter(...records: [step: string, members: object][]): Map<string, ToolRun> {
  const runs = new Map<string, ToolRun>();
  for (const [step, members] of records)
    updateToolRuns(runs, { type: `tool_execution_${step}`, toolCallId: "t", ...members });
  return runs;
}

describe("updateToolRuns", () => {
  test("start, updates and end, keep the latest partial result and then the result", () => {
    const call = { toolName: "bash", args: { command: "ls" } };
    const runs = toolsAfter(
      ["start", call],
      ["update", { ...call, partialResult: 1 }],
      ["update", { ...call, partialResult: 2 }],
    );
    expect(runs.get("t")).toEqual({ toolCallId: "t", ...call, partialResult: 2, ended: false });
    updateToolRuns(runs, { type: "tool_execution_end", toolCallId: "t", result: 3, isError: true, durationMs: 4 });
    expect(runs.get("t")).toEqual({ toolCallId: "t", ...call, ended: true, result: 3, isError: true, durationMs: 4 });
  });

  test("an end without a start, is kept: the result is worth showing", () => {
    expect(toolsAfter(["end", { toolName: "bash", result: 3 }]).get("t")).toMatchObject({
      toolName: "bash",
      ended: true,
      result: 3,
    });
  });

  test("an update or a second end after the end, changes nothing; another start does", () => {
    const runs = toolsAfter(
      ["end", { result: 1 }],
      ["update", { partialResult: 2 }],
      ["end", { result: 3, isError: true }],
    );
    expect(runs.get("t")).toEqual({
      toolCallId: "t",
      toolName: "",
      args: undefined,
      ended: true,
      result: 1,
      isError: false,
    });
    updateToolRuns(runs, { type: "tool_execution_start", toolCallId: "t", toolName: "read" });
    expect(runs.get("t")).toMatchObject({ toolName: "read", ended: false });
  });

  test.each([undefined, null, 7, {}])("tool call id %j, is ignored", (toolCallId) => {
    expect(toolsAfter(["start", { toolCallId }], ["end", { toolCallId }]).size).toBe(0);
  });

  test("the id __proto__, is an id like any other", () => {
    expect([...toolsAfter(["start", { toolCallId: "__proto__" }]).keys()]).toEqual(["__proto__"]);
  });

  test("one more than the limit, drops the oldest", () => {
    const runs = toolsAfter(
      ...Array.from({ length: limits.toolRuns + 1 }, (_, at): [string, object] => ["start", { toolCallId: `${at}` }]),
    );
    expect(runs.size).toBe(limits.toolRuns);
    expect([runs.has("0"), runs.has("1"), runs.has(`${limits.toolRuns}`)]).toEqual([false, true, true]);
  });
});

test("toolRunEvents for a run that ended, leave out what was partial", () => {
  const [run] = toolsAfter(
    ["start", { toolName: "bash" }],
    ["update", { partialResult: 1 }],
    ["end", { result: 2 }],
  ).values();
  expect(toolRunEvents(run as ToolRun).map((event) => event.type)).toEqual([
    "tool_execution_start",
    "tool_execution_end",
  ]);
});

describe("startBashRun", () => {
  const started = (...records: object[]): Map<string, BashRun> => {
    const runs = new Map<string, BashRun>();
    for (const record of records) startBashRun(runs, { type: "pier_bash_start", ...record });
    return runs;
  };

  test.each([undefined, null, {}, true])("the id %j, is ignored", (id) => {
    expect(started({ id, command: "ls" }).size).toBe(0);
  });

  test("a command that is no text, shows as empty", () => {
    expect(started({ id: 1, command: {} }).get("1")).toEqual({
      id: "1",
      command: "",
      excludeFromContext: false,
      output: "",
    });
  });

  test("one more than the limit, drops the oldest", () => {
    const runs = started(...Array.from({ length: limits.bashRuns + 1 }, (_, id) => ({ id, command: "ls" })));
    expect(runs.size).toBe(limits.bashRuns);
    expect(runs.has("0")).toBe(false);
  });
});

describe("appendBashOutput", () => {
  const run = (): BashRun => ({ id: "1", command: "yes", excludeFromContext: false, output: "" });

  test("output over the limit, keeps its end, joined or not", () => {
    const [whole, parts] = [run(), run()];
    const output = Array.from({ length: limits.bashOutput + 5 }, (_, at) => String(at % 10)).join("");
    appendBashOutput(whole, output);
    for (let at = 0; at < output.length; at += 1_000) appendBashOutput(parts, output.slice(at, at + 1_000));
    expect(whole.output).toBe(output.slice(5));
    expect(parts.output).toBe(whole.output);
  });

  test.each([undefined, null, 7, {}])("a delta that is %j, is ignored", (delta) => {
    const silent = run();
    appendBashOutput(silent, delta);
    expect(bashRunEvents(silent)).toEqual([
      { type: "pier_bash_start", id: "1", command: "yes", excludeFromContext: false },
    ]);
  });
});
