import { expect, test } from "vitest";
import { thinkingLevels } from "./thinking-levels.ts";

test("thinkingLevels: off alone for a model that cannot think, up to high for one that can", () => {
  expect(thinkingLevels({})).toEqual(["off"]);
  expect(thinkingLevels({ reasoning: false, thinkingLevelMap: { high: "high" } })).toEqual(["off"]);
  expect(thinkingLevels({ reasoning: true })).toEqual(["off", "minimal", "low", "medium", "high"]);
});

test("thinkingLevels: a model's own map takes levels away and adds the rare ones", () => {
  expect(thinkingLevels({ reasoning: true, thinkingLevelMap: { off: null, minimal: null, xhigh: "extra" } })).toEqual([
    "low",
    "medium",
    "high",
    "xhigh",
  ]);
  expect(thinkingLevels({ reasoning: true, thinkingLevelMap: "odd" })).toHaveLength(5);
});
