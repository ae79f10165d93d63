import { expect, test } from "vitest";
import { checkThinkingLevel } from "./check-thinking-level.ts";

const models = [
  { provider: "a", id: "plain", thinking_levels: ["off"] },
  { provider: "a", id: "both", thinking_levels: ["off", "low"] },
  { provider: "b", id: "both", thinking_levels: ["off", "xhigh"] },
];

test("checkThinkingLevel: what a model offers, what pi knows, and what nobody asked for, pass", () => {
  for (const chosen of [
    {},
    { model: "plain" },
    { thinkingLevel: "high" },
    { thinkingLevel: "max", model: "unknown" },
    { thinkingLevel: "low", provider: "a", model: "both" },
    { thinkingLevel: "xhigh", model: "both" },
  ])
    expect(() => checkThinkingLevel(chosen, models)).not.toThrow();
  expect(() => checkThinkingLevel({ thinkingLevel: "low", model: "plain" }, [])).not.toThrow();
});

test("checkThinkingLevel: a level that pi does not know, or that the model does not have, is refused with those there are", () => {
  const refusal = (chosen: Parameters<typeof checkThinkingLevel>[0]): unknown => {
    try {
      return checkThinkingLevel(chosen, models);
    } catch (error) {
      return error;
    }
  };
  expect(refusal({ thinkingLevel: "bogus" })).toMatchObject({
    code: "BAD_REQUEST",
    message: "There is no thinking level bogus: use off, minimal, low, medium, high, xhigh or max.",
  });
  expect(refusal({ thinkingLevel: "" })).toMatchObject({ code: "BAD_REQUEST" });
  expect(refusal({ thinkingLevel: "HIGH" })).toMatchObject({ code: "BAD_REQUEST" });
  expect(refusal({ thinkingLevel: "low", model: "plain" })).toMatchObject({
    message: "plain has no thinking level low: use off.",
  });
  expect(refusal({ thinkingLevel: "low", provider: "b", model: "both" })).toMatchObject({
    message: "both has no thinking level low: use off or xhigh.",
  });
});
