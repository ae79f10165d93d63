/** A line that asks for a shell command. */
export interface ShellCommand {
  command: string;
  /** Whether the model does not get to see it. */
  excludeFromContext: boolean;
}

/** What `!command` and `!!command` ask for; null for any other text. A script of the demo model is such. */
export function parseShellCommand(text: string): ShellCommand | null {
  const [, marks, command] = /^(!!?)(?!!|demo )\s*(\S[\s\S]*)$/.exec(text) ?? [];
  return command === undefined ? null : { command, excludeFromContext: marks === "!!" };
}
