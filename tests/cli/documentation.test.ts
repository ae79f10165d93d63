import { readFileSync } from "node:fs";
import type { ProgramName } from "@pier/cli";
import { expect, test } from "vitest";
import { runHere } from "./programs.ts";

const page = readFileSync(new URL("../../docs/command-line.md", import.meta.url), "utf8");

/** Every block of the page that shows the output of a command: its first line is `$ command`. */
const excerpts = [...page.matchAll(/```text\n\$ (.*)\n([^]*?)```/g)].map(([, command = "", output = ""]) => ({
  command,
  output,
}));

test.each(excerpts)("docs/command-line.md shows what `$command` says", async ({ command, output }) => {
  const [name, ...args] = command.split(" ");
  expect((await runHere(name as ProgramName, args)).stdout).toBe(output);
});

test("docs/command-line.md shows the help of every command", async () => {
  const { stdout } = await runHere("pier", []);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: [<[].*)? {2,}\S/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== "help");
  expect(commands.length).toBeGreaterThan(10);
  const shown = excerpts.map(({ command }) => command);
  for (const name of commands) expect(shown).toContain(`pier ${name} --help`);
});
