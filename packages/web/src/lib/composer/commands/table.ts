import { goto } from "$app/navigation";
import { piKnows } from "@pier/client";
import { pageAt } from "#lib/pier/where.ts";
import type { PageCommand } from "./command.ts";
import {
  cloneCommand,
  compactCommand,
  exportCommand,
  nameCommand,
  newCommand,
  openingCommand,
} from "./conversation.ts";
import { copyCommand } from "./copy.ts";
import { modelCommand, thinkingCommand } from "./model.ts";
import { reloadCommand } from "./reload.ts";

/** pi's own commands as far as this page can serve them, in the order in which they are listed. */
export const pageCommands: readonly PageCommand[] = [
  modelCommand,
  thinkingCommand,
  compactCommand,
  newCommand,
  nameCommand,
  openingCommand("fork", "Go on from before an earlier message", ({ actions }) => actions.fork),
  cloneCommand,
  openingCommand("tree", "See all branches of the conversation", ({ actions, attachment }) =>
    piKnows(attachment, "get_tree") ? actions.showTree : undefined,
  ),
  openingCommand("session", "Show tokens, cost and where the session is kept", ({ actions }) => actions.showStatistics),
  exportCommand,
  copyCommand,
  openingCommand("resume", "Go to another session; this one goes on", () => () => void goto(pageAt("/"))),
  reloadCommand,
  openingCommand("settings", "Devices, appearance and how Pier behaves", () => () => void goto(pageAt("/settings"))),
  openingCommand("help", "List keys and commands", ({ actions }) => actions.showHelp),
];

/** Commands of pi's own screen that its RPC does not have. */
export const unservedCommands: readonly string[] = [
  "scoped-models",
  "login",
  "logout",
  "llama",
  "import",
  "share",
  "bug",
  "trust",
  "changelog",
  "hotkeys",
  "quit",
];
