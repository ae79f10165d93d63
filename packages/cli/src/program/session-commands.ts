import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { AttachFlags } from "../commands/attach.ts";
import type { NewFlags } from "../commands/new.ts";
import type { SendFlags } from "../commands/send.ts";
import type { Io } from "../io.ts";
import { addDataDirOption, type DataDirFlag } from "./data-dir-option.ts";
import { splitArguments } from "./split-arguments.ts";

/** Commands for sessions. */
export function addSessionCommands(program: Command, io: Io): void {
  program.commandsGroup("Sessions:");

  addDataDirOption(program.command("attach"))
    .summary("join a session; Ctrl+D leaves it running")
    .description(
      "Joins a session. One open session is joined at once, of several you choose. Ctrl+D leaves; the session goes on.",
    )
    .argument("[session|url]", "a session, or the address of a daemon elsewhere: https://host/prefix, ws://host:port")
    .option("--session <session>", "with a url: which of its sessions")
    .option(
      "--token-file <file>",
      "with a url: a file that holds the token; otherwise the saved one, or you are asked to pair",
    )
    .addHelpText("after", attachHelp)
    .action(async (target: string | undefined, flags: AttachFlags) =>
      (await import("../commands/attach.ts")).attach(io, target, flags),
    );

  addDataDirOption(program.command("new"))
    .summary("start a session and join it")
    .description("Starts a session in a folder (this one) and joins it; prints its id when that is no terminal.")
    .usage("[path] [options] [-- pi options]")
    .argument("[path]", "the folder to work in")
    .argument("[pi...]")
    .option("-n, --name <name>", "what to call it")
    .option("--provider <name>", "provider of the model")
    .option("--model <id>", "model to begin with")
    .option("--thinking <level>", "how much it thinks: off, minimal, low, medium, high, …")
    .option("--ephemeral", "keep nothing once it ends")
    .option("--no-attach", "only print its id")
    .action(async (_path: string | undefined, _rest: string[], flags: NewFlags, command: Command) => {
      const { own, piArgs } = splitArguments(command, 1);
      await (await import("../commands/new.ts")).startNew(io, own[0], flags, piArgs);
    });

  addDataDirOption(program.command("ls"))
    .summary("list sessions")
    .description("Lists sessions, those that need somebody first.")
    .option("-a, --all", "closed ones too")
    .option("--json", "as records, for programs")
    .action(async (flags: DataDirFlag & { all?: boolean; json?: boolean }) =>
      (await import("../commands/list.ts")).list(io, flags),
    );

  addDataDirOption(program.command("send"))
    .summary("say something to a session, for scripts")
    .description("Says something to a session. While a turn runs it is steered by it.")
    .argument("<session>", "which one")
    .argument("<text>", "what to say; - reads it from stdin")
    .option("-w, --wait", "wait for the turn to end and print the answer; exit code 1 when it failed")
    .option("--json", "print what happens until the turn ends, one of pi's records a line")
    .action(async (session: string, text: string, flags: SendFlags) =>
      (await import("../commands/send.ts")).send(io, session, text, flags),
    );

  const simple = {
    kill: "end a session's pi and close it",
    resume: "open a closed session again",
    logs: "print what pi said on stderr",
  };
  for (const [name, description] of Object.entries(simple)) {
    addDataDirOption(program.command(name))
      .summary(description)
      .description(`${description[0]?.toUpperCase()}${description.slice(1)}.`)
      .argument("<session>", "which one")
      .action(async (session: string, flags: DataDirFlag) => {
        const commands = await import("../commands/one-session.ts");
        const command = { kill: commands.kill, resume: commands.resume, logs: commands.logs }[name];
        if (!command) throw new CliError(`There is no command ${name}.`);
        await command(io, session, flags);
      });
  }
}

const attachHelp = `
While attached:
  Enter                sends; while a turn runs it steers
  /…                   goes to pi as typed;  !command runs a shell command (!! keeps it from the model)
  //help               lists the client's own commands: //status //follow TEXT //abort //detach …
  Ctrl+C               stops the turn; again, or when nothing runs, leaves
  Ctrl+D               leaves

Piped, every line of stdin is a prompt and what happens comes out as plain text.`;
