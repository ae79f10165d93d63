import { clientCommands } from "../client/index.ts";
import type { ClientCommand } from "../command.ts";
import { cloneCommand } from "./clone.ts";
import { compactCommand } from "./compact.ts";
import { copyCommand } from "./copy.ts";
import { exportCommand } from "./export.ts";
import { forkCommand } from "./fork.ts";
import { helpCommand } from "./help.ts";
import { hotkeysCommand } from "./hotkeys.ts";
import { modelCommand } from "./model.ts";
import { nameCommand } from "./name.ts";
import { newCommand } from "./new.ts";
import { quitCommand } from "./quit.ts";
import { reloadCommand } from "./reload.ts";
import { resumeCommand } from "./resume.ts";
import { sessionCommand } from "./session.ts";
import { settingsCommand } from "./settings.ts";
import { thinkingCommand } from "./thinking.ts";
import { treeCommand } from "./tree.ts";

const help = helpCommand(() => ({ slash: slashCommands, client: clientCommands(help) }));

/** pi's own commands as far as its RPC can serve them, in the order in which they are listed. */
export const slashCommands: readonly ClientCommand[] = [
  modelCommand,
  thinkingCommand,
  compactCommand,
  newCommand,
  nameCommand,
  forkCommand,
  cloneCommand,
  treeCommand,
  sessionCommand,
  exportCommand,
  copyCommand,
  resumeCommand,
  reloadCommand,
  settingsCommand,
  hotkeysCommand,
  help,
  quitCommand,
];

/** What begins with `//`. */
export const doubleSlashCommands: readonly ClientCommand[] = clientCommands(help);

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
];
