import { CommandError } from "@pier/client";
import { describe, expect, test } from "vitest";
import type { ClientCommand, CommandContext } from "./command.ts";
import { failureOf, runCommand } from "./run-command.ts";

describe("failureOf", () => {
  test.each([
    ["pi's own words", new CommandError("compact", "Nothing to compact"), "Nothing to compact"],
    [
      "a command that pi does not know",
      new CommandError("get_tree", "Unknown command: get_tree"),
      "This pi (0.74.2) cannot do that: it does not know get_tree.",
    ],
    ["something that is no error", "odd", "odd"],
    ["an error without words", new Error(" "), "That failed, and nothing says why."],
  ])("of %s, says it", (_what, error, sentence) => {
    expect(failureOf(error, "0.74.2")).toBe(sentence);
  });

  test("of a command that a pi of unknown version does not know, says it without the version", () => {
    expect(failureOf(new CommandError("get_tree", "unknown command"))).toBe(
      "This pi cannot do that: it does not know get_tree.",
    );
  });
});

describe("runCommand", () => {
  const said: string[] = [];
  const context = {
    attachment: { transcript: { info: null } },
    say: (text: string, tone?: string) => void said.push(`${tone}: ${text}`),
  } as unknown as CommandContext;
  const failing = (error: Error): ClientCommand => ({
    name: "x",
    description: "",
    run: () => Promise.reject(error),
  });

  test("with one that fails, says why and goes on", async () => {
    await runCommand(failing(new Error("no")), context, "");
    expect(said).toEqual(["error: no"]);
  });

  test("with one that the person stopped, says nothing more", async () => {
    said.length = 0;
    await runCommand(failing(new DOMException("stopped", "AbortError")), context, "");
    expect(said).toEqual([]);
  });
});
