import type { Command } from "commander";
import type { Io } from "../io.ts";
import { createProgram } from "./base-command.ts";
import { addDaemonCommands } from "./daemon-commands.ts";
import { addDeviceCommands } from "./device-commands.ts";
import { exitCodes } from "./exit-codes.ts";
import { addHostCommands } from "./host-commands.ts";
import { addSessionCommands } from "./session-commands.ts";

/** The command `pier`. */
export function buildPier(io: Io): Command {
  const program = createProgram("pier", io)
    .description("Detachable sessions for pi: leave, and come back to a session that never stopped.")
    .usage("[command]");
  addDaemonCommands(program, io);
  addSessionCommands(program, io);
  addDeviceCommands(program, io);
  addHostCommands(program, io);
  return program
    .commandsGroup("More:")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText(
      "after",
      `
To begin:
  pier serve             in one terminal
  pier new               in another, in the folder of your project
  Ctrl+D                 leaves; the session goes on
  pier attach            comes back

A session is named by its id, the beginning of it, or its name: \`pier ls\` shows them.
\`pier help COMMAND\` tells more about one.
${exitCodes}`,
    );
}
