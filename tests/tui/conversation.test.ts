import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openSession, play } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, conversation } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const file = (name: string): string => join(daemon.folder, name);

test("a tool that runs, shows what it printed so far; one row when it is done", async () => {
  const { session } = await openSession(daemon);
  const terminal = await attachedTo(daemon, session);
  const command = "echo begun; while [ ! -e go-on ]; do sleep 0.05; done; echo over";
  terminal.paste(script([{ text: "I wait." }, { tool: "bash", args: { command } }, { text: "That was all." }]));
  terminal.press("Enter");
  await terminal.shows(/running\n\s+begun\n/);
  writeFileSync(file("go-on"), "");
  await terminal.shows((text) => /^ That was all\.$/m.test(text) && !text.includes("Esc stops"));
  const rows = conversation(terminal).slice(-3);
  expect(rows[0]).toBe(" I wait.");
  expect(rows[1]).toMatch(/^ \$ echo begun; while .* ✓( \d+\.\ds)?$/);
  expect(rows[2]).toBe(" That was all.");
});

test("a turn with tools, is a row for each; Ctrl+O unfolds output and changes, Ctrl+T thinking, in a new terminal too", async () => {
  writeFileSync(file("greet.txt"), "Hello, world\n");
  const direct = await openSession(daemon);
  await play(direct, [
    { think: "I plan." },
    { text: "I look." },
    { tool: "read", args: { path: file("greet.txt") } },
    { turn: true },
    { tool: "edit", args: { path: "greet.txt", edits: [{ oldText: "world", newText: "Ada" }] } },
    { turn: true },
    { tool: "bash", args: { command: "echo one; exit 3" } },
    { text: "**Done.**" },
  ]);
  const terminal = await attachedTo(daemon, direct.session);
  const unfolded = (rows: readonly string[]): string[] => rows.filter((row) => !row.includes("!demo"));
  const words = unfolded(conversation(terminal)).slice(-7);
  expect(words).toEqual([
    " I plan.",
    " I look.",
    " read greet.txt  ✓",
    " edit greet.txt  +1 −1  ✓",
    expect.stringMatching(/^ \$ echo one; exit 3 {2}✗ exit 3/),
    "   one",
    " Done.",
  ]);
  terminal.press("C-o");
  await terminal.shows("   1 + Hello, Ada");
  expect(unfolded(conversation(terminal)).slice(-10)).toEqual([
    " I plan.",
    " I look.",
    " read greet.txt  ✓",
    "   Hello, world",
    " edit greet.txt  +1 −1  ✓",
    "   1 − Hello, world",
    "   1 + Hello, Ada",
    expect.stringMatching(/^ \$ echo one; exit 3 {2}✗ exit 3/),
    "   one",
    " Done.",
  ]);
  terminal.press("C-o");
  terminal.press("C-t");
  await terminal.shows(/Thought, 1 line · Ctrl\+T shows/);
  const rows = unfolded(conversation(terminal)).slice(-7);
  expect(rows).toEqual([" Thought, 1 line · Ctrl+T shows", ...words.slice(1)]);
});

test("a conversation in 40 columns, is broken there; the same rows come when the window gets wide again", async () => {
  const direct = await openSession(daemon);
  await play(direct, [
    {
      text: "A sentence that is longer than forty columns are.\n\n- 漢字 and 👩‍💻 in a list\n\n| a | b |\n|---|---|\n| 1 | two |",
    },
    { tool: "bash", args: { command: "echo a command that is longer than forty columns" } },
  ]);
  const terminal = await attachedTo(daemon, direct.session);
  const wide = conversation(terminal);
  terminal.resize(40, 20);
  await terminal.shows(
    /^ A sentence that is longer than forty\n columns are\.$[^]*^ \$ echo a command that is .*… {2}✓/m,
  );
  const narrow = conversation(terminal);
  expect(narrow).toContain(" - 漢字 and 👩‍💻 in a list");
  expect(narrow).toContain(" │ 1 │ two │");
  expect(narrow.some((row) => /^ \$ echo a command that is .*… {2}✓/.test(row))).toBe(true);
  terminal.resize(80, 24);
  await terminal.shows(/^ A sentence that is longer than forty columns are\.$/m);
  expect(conversation(terminal)).toEqual(wide);
});
