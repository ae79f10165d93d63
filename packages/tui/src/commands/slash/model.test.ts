import type { PiModel } from "@pier/client";
import { expect, test } from "vitest";
import { modelSentence, modelsNamed } from "./model.ts";

const models: PiModel[] = [
  { provider: "anthropic", id: "claude-opus", name: "Claude Opus" },
  { provider: "anthropic", id: "claude-sonnet", name: "Claude Sonnet" },
  { provider: "openai", id: "gpt-5" },
  { provider: "openai", id: "gpt-5-mini" },
  { provider: "azure", id: "gpt-5" },
];

test.each([
  ["openai/gpt-5", ["openai/gpt-5"]],
  ["OpenAI/GPT-5", ["openai/gpt-5"]],
  ["claude-opus", ["anthropic/claude-opus"]],
  ["claude sonnet", ["anthropic/claude-sonnet"]],
  ["sonnet", ["anthropic/claude-sonnet"]],
  ["mini", ["openai/gpt-5-mini"]],
  ["gpt-5", ["azure/gpt-5", "openai/gpt-5", "openai/gpt-5-mini"]],
  ["llama", []],
])("modelsNamed %s, are %j", (word, expected) => {
  expect(
    modelsNamed(models, word)
      .map(({ provider, id }) => `${provider}/${id}`)
      .toSorted(),
  ).toEqual(expected);
});

test.each([
  [true, "high", "Model: p/m (thinking: high)"],
  [true, "off", "Model: p/m"],
  [false, "high", "Model: p/m"],
])("modelSentence of one that reasons: %s, at level %s, is %s", (reasoning, level, expected) => {
  expect(modelSentence({ provider: "p", id: "m", reasoning }, level)).toBe(expected);
});
