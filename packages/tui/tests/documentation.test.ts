import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ClientCommand } from "../src/commands/command.ts";
import { doubleSlashCommands, slashCommands } from "../src/commands/slash/index.ts";
import { type KeyAction, keyActions, Keys } from "../src/editor/keys.ts";

const page = readFileSync(new URL("../../../docs/terminal.md", import.meta.url), "utf8");

/** The first two columns of all table rows of the page, as written. */
const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, first, second]) => `${first} | ${second}`);

test("docs/terminal.md lists every key with what it does", () => {
  const keys = new Keys();
  const actions = (Object.keys(keyActions) as KeyAction[]).filter((action) => keys.label(action) !== "");
  for (const action of actions) expect(rows).toContain(`${keys.label(action)} | ${keyActions[action].description}`);
});

test.each([
  ["/", slashCommands],
  ["//", doubleSlashCommands],
] as const)("docs/terminal.md lists every command that begins with %s, and no others", (mark, commands) => {
  const written = ({ name, argument, description }: ClientCommand): string =>
    `\`${mark}${name}${argument === undefined ? "" : ` ${argument}`}\` | ${description}`;
  expect(rows.filter((row) => new RegExp(`^\`${mark}[a-z]`).test(row))).toEqual(commands.map(written));
});
