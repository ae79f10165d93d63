import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { createProgram } from "./base-command.ts";
import { exitCodes } from "./exit-codes.ts";
import { addServeOptions, type ServeFlags } from "./serve-options.ts";
import { splitArguments } from "./split-arguments.ts";

/** The command `pi-server`, for those who come from it. */
export function buildPiServer(io: Io): Command {
  const program = createProgram("pi-server", io)
    .description("Pier under the name pi-server: one session at once, and clients of its protocol version 1.")
    .usage("[command]");

  addServeOptions(program.command("serve"), { port: 3333 })
    .summary("start the daemon with one session")
    .description(
      "Starts the daemon with one session in --cwd (this folder). Version 1 clients on this machine need no credential.",
    )
    .usage("[options] [-- pi options]")
    .argument("[pi...]")
    .option("--token <token>", "not supported: other programs on this machine could read it")
    .action(async (_pi: string[], { token, ...flags }: ServeFlags & { token?: string }, command: Command) => {
      const { piArgs } = splitArguments(command, 0);
      if (token !== undefined) throw new CliError(noToken);
      const { serve } = await import("../commands/serve.ts");
      await serve(io, { ...flags, cwd: flags.cwd ?? io.cwd }, piArgs, { program: "pi-server" });
    });

  return program.addHelpText("after", exitCodes);
}

const noToken =
  "--token is not supported, because every program on this machine can read the arguments of another: clients on this " +
  "machine need none, and for others `pier pair` makes a token of their own.";
