import { limits as wire } from "@pier/protocol/runtime";
import type { CommandContext, PageCommand } from "./command.ts";

/** `/new` */
export const newCommand: PageCommand = {
  name: "new",
  description: "Begin another conversation in this session",
  async run({ attachment, say }) {
    const { cancelled } = await attachment.newSession();
    say(
      cancelled
        ? "An extension keeps this conversation open."
        : "A new conversation. The one before stays in its file.",
    );
  },
};

/** `/clone` */
export const cloneCommand: PageCommand = {
  name: "clone",
  description: "Go on in a copy of the conversation",
  async run({ attachment, say }) {
    const { cancelled } = await attachment.clone();
    say(cancelled ? "An extension prevented the copy." : "This is a copy now; the original stays in its file.");
  },
};

/** `/name` */
export const nameCommand: PageCommand = {
  name: "name",
  description: "Name the session",
  argument: "[name]",
  async run({ attachment, actions, say }, argument) {
    if (argument === "" && actions.rename) return actions.rename();
    if (argument === "") return say("Write the name behind it: /name NAME.");
    const name = argument.replace(/\s+/g, " ").slice(0, wire.sessionName);
    await attachment.setSessionName(name);
    say(`Name: ${name}`);
  },
};

/** `/compact` */
export const compactCommand: PageCommand = {
  name: "compact",
  description: "Summarise the conversation so far to make room",
  argument: "[instructions]",
  async run({ attachment, say }, argument) {
    const { tokensBefore, estimatedTokensAfter } = await attachment.compact(argument || undefined);
    const count = new Intl.NumberFormat();
    const after = estimatedTokensAfter === undefined ? "" : `, about ${count.format(estimatedTokensAfter)} now`;
    say(`Compacted: ${count.format(tokensBefore)} tokens before${after}.`);
  },
};

/** `/export` */
export const exportCommand: PageCommand = {
  name: "export",
  description: "Export the conversation as a page of HTML",
  argument: "[path]",
  async run({ attachment, actions, say }, argument) {
    if (argument === "" && actions.exportPage) return actions.exportPage();
    const { path } = await attachment.exportHtml(argument || undefined);
    say(`Exported to ${path}, on the machine where pi runs.`);
  },
};

/** A command that only opens something of the page, where the page has it. */
export function openingCommand(
  name: string,
  description: string,
  handler: (context: CommandContext) => (() => void) | undefined,
): PageCommand {
  return {
    name,
    description,
    isOffered: (context) => handler(context) !== undefined,
    run: (context) => handler(context)?.(),
  };
}
