import { expect, test } from "vitest";
import type { SavedPrompt } from "./agent-process.ts";
import { matchSaved } from "./match-saved.ts";
import type { PromptEntry } from "./prompt-ledger.ts";

function prompt(id: string, message: string, acceptedAt: number): PromptEntry {
  const command = JSON.stringify({ type: "prompt", message });
  const rest = { session: "s", clientId: "c", commandId: null, epoch: "e", reply: null } as const;
  return { id, command, acceptedAt, state: "answered", ...rest };
}

const saved = (timestamp: number | null, ...texts: string[]): SavedPrompt => ({ texts, timestamp });

test.each([
  [
    "the same words, sent twice at once and saved once, are one prompt",
    [prompt("a", "go", 1), prompt("b", "go", 2)],
    [saved(5, "go")],
    ["a"],
  ],
  ["a message made before a prompt is not its own", [prompt("a", "go", 10)], [saved(5, "go")], []],
  ["a message without a time may be", [prompt("a", "go", 10)], [saved(null, "go")], ["a"]],
  [
    "pi's hints about images stand behind what was typed",
    [prompt("a", "look", 1)],
    [saved(5, "look\n\n[Image: resized]")],
    ["a"],
  ],
  ["words that only begin alike are others", [prompt("a", "go", 1)], [saved(5, "go on")], []],
  [
    "a template is saved as something else",
    [prompt("a", "/tpl x", 1), prompt("b", "go", 2)],
    [saved(5, "expanded"), saved(6, "go")],
    ["a", "b"],
  ],
  ["a message of an extension is nobody's", [prompt("a", "go", 1)], [saved(5, "from an extension")], []],
  ["images without words", [prompt("a", "", 1)], [saved(5, "")], ["a"]],
])("matchSaved, %s", (_, entries, messages, ids) => {
  expect(matchSaved(entries, messages)).toEqual(new Set(ids));
});
