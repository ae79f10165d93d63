import type { ClientCommand } from "../command.ts";
import { abortCommand } from "./abort.ts";
import { bodyCommand } from "./body.ts";
import { clearCommand } from "./clear.ts";
import { detachCommand, exitCommand, quitCommand } from "./detach.ts";
import { followCommand } from "./follow.ts";
import { dismissCommand, sendCommand } from "./offered.ts";
import { olderCommand } from "./older.ts";
import { resumeClosedCommand } from "./resume.ts";
import { statusCommand } from "./status.ts";

/** Commands of this client alone: `//name`. pi's own have one slash, so that neither takes a name from the other. */
export function clientCommands(help: ClientCommand): readonly ClientCommand[] {
  return [
    help,
    detachCommand,
    quitCommand,
    exitCommand,
    statusCommand,
    clearCommand,
    olderCommand,
    followCommand,
    abortCommand,
    sendCommand,
    dismissCommand,
    bodyCommand,
    resumeClosedCommand,
  ];
}
