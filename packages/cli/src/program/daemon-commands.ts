import type { Command } from "commander";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import type { Io } from "../io.ts";
import { addDataDirOption, type DataDirFlag } from "./data-dir-option.ts";
import { addDaemonOptions } from "./host-option.ts";
import { parsePort } from "./parsers.ts";
import { addServeOptions, type ServeFlags } from "./serve-options.ts";
import { splitArguments } from "./split-arguments.ts";

/** Commands for the daemon. What they do is loaded when it is needed: help and lists come at once. */
export function addDaemonCommands(program: Command, io: Io): void {
  program.commandsGroup("The daemon:");

  addServeOptions(program.command("serve"), { port: 3141 })
    .summary("start the daemon that keeps sessions")
    .description(
      "Starts the daemon that keeps sessions. Ctrl+C ends it; turns under way go on, and the next one finds them.",
    )
    .usage("[options] [-- pi options]")
    .argument("[pi...]")
    .addHelpText("after", serveExamples)
    .action(async (_pi: string[], flags: ServeFlags, command: Command) => {
      const { piArgs } = splitArguments(command, 0);
      const { serve } = await import("../commands/serve.ts");
      await serve(io, flags, piArgs, { program: "pier" });
    });

  addDataDirOption(program.command("stop"))
    .summary("stop the daemon and let pi end in order")
    .description(
      "Ends the daemon and every pi, and waits until it is gone. Sessions stay; pi starts again when they are used.",
    )
    .action(async (flags: DataDirFlag) => (await import("../commands/stop.ts")).stop(io, flags));

  addDaemonOptions(program.command("status"))
    .summary("say whether the daemon runs, and what it does")
    .description("Says whether the daemon runs, and what it does. Exit code 1 when it does not.")
    .action(async (flags: DaemonFlags) => (await import("../commands/status.ts")).status(io, flags));

  addDataDirOption(program.command("doctor"))
    .summary("look for what could be in the way")
    .description(
      "Looks for what could be in the way: pi, Node, models, folders, the port. Exit code 1 when something needs care.",
    )
    .option("-p, --port <number>", "the port that the daemon is to have", parsePort, 3141)
    .option("--pi-cli-path <file>", "the pi to look at")
    .action(async (flags: DataDirFlag & { port: number; piCliPath?: string }) =>
      (await import("../commands/doctor.ts")).doctor(io, flags),
    );
}

const serveExamples = `
Examples:
  pier serve                              on this machine only, port 3141
  pier serve --demo                       no credentials yet? a scripted model shows how it feels
  pier serve -- --model anthropic/opus     with options for every pi
  tailscale serve --bg 3141               and then --allow-host with the name it prints: for your phone

It is never open to others: it listens on this machine only, and every browser has to be paired (\`pier pair\`).`;
