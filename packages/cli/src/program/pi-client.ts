import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { AttachFlags } from "../commands/attach.ts";
import { isAddress } from "../daemon/address.ts";
import type { Io } from "../io.ts";
import { createProgram } from "./base-command.ts";
import { addDataDirOption } from "./data-dir-option.ts";
import { exitCodes } from "./exit-codes.ts";

/** The command `pi-client`: `pier attach` with a url. */
export function buildPiClient(io: Io): Command {
  const program = createProgram("pi-client", io).description(
    "Pier's terminal client under the name pi-client: the same as `pier attach URL`.",
  );
  addConnect(program, io, "[url]");
  addConnect(
    program
      .command("connect")
      .summary("the same, said in full")
      .description("Joins a session of the daemon at an address. Ctrl+D leaves; the session goes on."),
    io,
    "[url]",
  );
  return program.addHelpText("after", exitCodes);
}

function addConnect(command: Command, io: Io, argument: string): void {
  addDataDirOption(command)
    .argument(argument, "the address of the daemon, or a saved host", "ws://localhost:3333")
    .option("--session <session>", "which of its sessions")
    .option("--token-file <file>", "a file that holds the token")
    .option("--plain", "text in and text out, as without a terminal")
    .option("--token <token>", "not supported: other programs on this machine could read it")
    .action(async (url: string, _flags: unknown, self: Command) => {
      const { token, ...flags } = self.optsWithGlobals<AttachFlags & { token?: string }>();
      if (token !== undefined) throw new CliError(noToken);
      const { attach } = await import("../commands/attach.ts");
      if (isAddress(url)) return attach(io, url, flags, "pi-client");
      const { savedTarget } = await import("../daemon/find-target.ts");
      const saved = savedTarget(io, url);
      if (saved) return attach(io, saved.session, { ...flags, host: saved.host }, "pi-client");
      throw new CliError(
        `"${url}" is no address of a daemon and no saved host: give one like ws://localhost:3333, or use \`pier attach\` for sessions on this machine.`,
      );
    });
}

const noToken =
  "--token is not supported, because every program on this machine can read the arguments of another: put the token " +
  "into a file and name it with --token-file.";
