import { expect, test } from "vitest";
import { PromptMemory } from "./prompt-memory.ts";

const items = ["one", "two"].map((content) => ({ key: content, message: { role: "user", content } }));

test("PromptMemory, back and forth: the latest first, and at the end what was being written", () => {
  const memory = new PromptMemory();
  memory.remember("/copy");
  expect(memory.step(-1, "draft", items)).toBe("/copy");
  expect(memory.step(-1, "/copy", items)).toBe("two");
  expect(memory.step(-1, "two", items)).toBe("one");
  expect(memory.step(-1, "one", items)).toBeNull();
  expect(memory.step(1, "one", items)).toBe("two");
  expect(memory.step(1, "two", items)).toBe("/copy");
  expect(memory.step(1, "/copy", items)).toBe("draft");
  expect(memory.step(1, "draft", items)).toBeNull();
});

test("PromptMemory, a text that was changed since, begins anew with it", () => {
  const memory = new PromptMemory();
  expect(memory.step(-1, "", items)).toBe("two");
  expect(memory.isShown("two")).toBe(true);
  expect(memory.isShown("two!")).toBe(false);
  expect(memory.step(-1, "two!", items)).toBe("two");
  expect(memory.step(1, "two", items)).toBe("two!");
});
