import { expect, test } from "vitest";
import { parseShellCommand } from "./shell-command.ts";

test.each([
  ["!ls -l", { command: "ls -l", excludeFromContext: false }],
  ["!! ls\npwd", { command: "ls\npwd", excludeFromContext: true }],
  ["!", null],
  ["!!  ", null],
  ["!!!", null],
  ["say !ls", null],
  ['!demo [{"text":"hi"}]', null],
  ["!demolish", { command: "demolish", excludeFromContext: false }],
])("parseShellCommand of %j, is %j", (text, expected) => {
  expect(parseShellCommand(text)).toEqual(expected);
});
