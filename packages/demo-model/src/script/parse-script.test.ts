import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import { parseScript } from "./parse-script.ts";
import { script } from "./script.ts";
import type { Step } from "./step.ts";

const reasonOf = (text: string): string => {
  const parsed = parseScript(text);
  return parsed.kind === "invalid" ? parsed.reason : `(${parsed.kind})`;
};

describe("parseScript", () => {
  test("a text without the marker is no script", () => {
    expect(parseScript("what does !demo do?")).toEqual({ kind: "none" });
  });

  test("the marker may follow other lines, and words may follow the steps", () => {
    const turns = [[{ text: 'a ] " b' }]];
    const prompt = `Look:\n!demo [\n  {"text": "a ] \\" b"}\n] and [thanks]`;
    expect(parseScript(prompt)).toEqual({ kind: "script", turns });
  });

  test("what follows a tool begins the next message, unless it describes the message", () => {
    const tool = { tool: "bash", args: {} };
    const usage = { usage: { input: 1, output: 2 } };
    const steps: Step[] = [{ text: "a" }, tool, tool, usage, { gate: "g" }, tool, { turn: true }, tool];
    expect(parseScript(script(steps))).toEqual({
      kind: "script",
      turns: [[{ text: "a" }, tool, tool, usage], [{ gate: "g" }, tool], [tool]],
    });
  });

  test.each([
    ["!demo hello", "a JSON array of steps must follow"],
    ['!demo [{"text":"a"}', "a JSON array of steps must follow"],
    ["!demo [1]", "step 1: a step must be an object"],
    ["!demo [{}]", "step 1: a step needs one of think, text"],
    ['!demo [{"text":"a"},{"text":1}]', 'step 2: "text" must be a string'],
    ['!demo [{"text":"a","tool":"b"}]', "step 1: a step is one thing, this one is text and tool"],
    ['!demo [{"text":"a","dely":1}]', '"text" has no option "dely"'],
    ['!demo [{"text":"a","constructor":1}]', '"text" has no option "constructor"'],
    ['!demo [{"gate":"a b"}]', "letters, digits"],
    ['!demo [{"http":200}]', '"http" must be a whole number from 400 to 599'],
    ['!demo [{"usage":{"input":1}}]', '"usage" must be an object with input and output'],
    ['!demo [{"text":"a"},{"turn":true}]', 'step 2: "turn" must follow a tool'],
  ])("%s says what would be right", (text, reason) => {
    expect(reasonOf(text)).toContain(reason);
  });

  test("limits hold at, and refuse over", () => {
    const steps = (count: number): string => `!demo ${JSON.stringify(Array(count).fill({ text: "" }))}`;
    expect(parseScript(steps(LIMITS.scriptSteps)).kind).toBe("script");
    expect(reasonOf(steps(LIMITS.scriptSteps + 1))).toContain(`at most ${LIMITS.scriptSteps}`);
    expect(parseScript(`!demo [{"tokens":${LIMITS.tokens}}]`).kind).toBe("script");
    expect(reasonOf(`!demo [{"tokens":${LIMITS.tokens + 1}}]`)).toContain(`${LIMITS.tokens}`);
    const long = (chars: number): string => `!demo [{"text":"${"x".repeat(chars - 13)}"}]`;
    expect(parseScript(long(LIMITS.scriptChars)).kind).toBe("script");
    expect(reasonOf(long(LIMITS.scriptChars + 1))).toContain(`at most ${LIMITS.scriptChars}`);
  });

  test("never throws, whatever the text", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.json().map((json) => `[${json}]`),
    );
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        expect(["none", "script", "invalid"]).toContain(parseScript(`${before}\n!demo ${after}`).kind);
        expect(["none", "script", "invalid"]).toContain(parseScript(before).kind);
      }),
    );
  });
});

describe("script", () => {
  test("what is written is read back, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(parseScript(`before\n${script([{ text }])}\nafter`)).toEqual({
          kind: "script",
          turns: [[{ text }]],
        });
      }),
    );
  });

  test("a wrong step throws where it is written", () => {
    expect(() => script([{ http: 200 }])).toThrow('Cannot write script: step 1: "http" must be');
  });
});
