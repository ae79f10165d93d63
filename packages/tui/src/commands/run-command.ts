import { CommandError } from "@pier/client";
import type { ClientCommand, CommandContext } from "./command.ts";

/** Runs a command; what goes wrong is said, in pi's own words where they are pi's. */
export async function runCommand(command: ClientCommand, context: CommandContext, argument: string): Promise<void> {
  try {
    await command.run(context, argument);
  } catch (error) {
    if (!isAbort(error)) context.say(failureOf(error, context.attachment.transcript.info?.piVersion), "error");
  }
}

/** What is told to a person of something that failed. */
export function failureOf(error: unknown, piVersion?: string): string {
  if (error instanceof CommandError && /^unknown command\b/i.test(error.message)) {
    return `This pi${piVersion === undefined ? "" : ` (${piVersion})`} cannot do that: it does not know ${error.command}.`;
  }
  const message = (error instanceof Error ? error.message : String(error)).trim();
  return message === "" ? "That failed, and nothing says why." : message;
}

/** Esc ended the wait: the person knows. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
