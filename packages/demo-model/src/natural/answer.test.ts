import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conversationOf } from "../../tests/conversation-of.ts";
import type { Step } from "../script/step.ts";
import { answer } from "./answer.ts";
import { readIntent } from "./intent.ts";
import { SIGNATURE } from "./pages.ts";

const textOf = (steps: readonly Step[]): string => steps.map((step) => ("text" in step ? step.text : "")).join("");

describe("readIntent", () => {
  test.each([
    ["help", "help"],
    ["What can you do?", "help"],
    ["show markdown", "markdown"],
    ["Show me a TABLE", "table"],
    ["some math please", "math"],
    ["draw a diagram", "diagram"],
    ["think hard", "think"],
    ["a long answer", "long"],
    ["slow", "slow"],
    ["error", "error"],
    ["list the files", "files"],
    ["what is in this folder?", "files"],
    ["fix the bug", "build"],
    ["Please fix the error in the table", "build"],
    ["Write a function", "build"],
    ["hello", "greet"],
    ["", "greet"],
  ])("%j is %s", (prompt, intent) => {
    expect(readIntent(prompt)).toBe(intent);
  });
});

describe("answer", () => {
  test("every answer that ends a run is signed as the demo's", () => {
    for (const prompt of ["", "help", "markdown", "table", "math", "diagram", "think", "long", "slow", "error", "x"]) {
      expect(textOf(answer(conversationOf(prompt)))).toContain(SIGNATURE);
    }
  });

  test("a markdown page has headings, a list, a table, fences and inline math", () => {
    const text = textOf(answer(conversationOf("show markdown")));
    for (const part of ["\n## ", "\n- ", "\n| ", "\n```ts", "$e^{i", "👩‍👩‍👧‍👦"]) expect(text).toContain(part);
  });

  test("a diagram is mermaid", () => {
    expect(textOf(answer(conversationOf("diagram")))).toContain("```mermaid");
  });

  test("without tools a job is declined", () => {
    expect(textOf(answer(conversationOf("fix it")))).toContain("no write, bash, read, edit tool");
  });

  test("any prompt is answered, and the same prompt the same way", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (prompt, thinking) => {
        const conversation = conversationOf(prompt, { thinking });
        const steps = answer(conversation);
        expect(steps.length).toBeGreaterThan(0);
        expect(answer(conversation)).toEqual(steps);
      }),
    );
  });
});
