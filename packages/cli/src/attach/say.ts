import { type Attachment, parseShellCommand } from "@pier/client";

/** Carries a line of a person to pi: `!command` to its shell, anything else to the model, which is steered while a turn runs. */
export async function say(attachment: Attachment, text: string): Promise<void> {
  const shell = parseShellCommand(text);
  if (shell) await attachment.bash(shell.command, { excludeFromContext: shell.excludeFromContext });
  else await attachment.prompt(text, { streamingBehavior: "steer" });
}
