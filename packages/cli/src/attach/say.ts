import type { Attachment } from "@pier/client";

/** Carries a line of a person to pi: `!command` to its shell, anything else to the model, which is steered while a turn runs. */
export async function say(attachment: Attachment, text: string): Promise<void> {
  const [, marks, command = ""] = /^(!!?)(?!demo )\s*(\S[\s\S]*)$/.exec(text) ?? [];
  if (marks === undefined) await attachment.prompt(text, { streamingBehavior: "steer" });
  else await attachment.bash(command, { excludeFromContext: marks === "!!" });
}
