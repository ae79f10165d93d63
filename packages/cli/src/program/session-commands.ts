import { type Command, Option } from "commander";
import { CliError } from "../cli-error.ts";
import type { AttachFlags } from "../commands/attach.ts";
import type { ListFlags } from "../commands/list.ts";
import type { NewFlags } from "../commands/new.ts";
import type { RemoveFlags } from "../commands/remove.ts";
import type { SendFlags } from "../commands/send.ts";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import type { Io } from "../io.ts";
import { addDaemonOptions } from "./host-option.ts";
import { splitArguments } from "./split-arguments.ts";

/** Commands for sessions. */
export function addSessionCommands(program: Command, io: Io): void {
  program.commandsGroup("Sessions:");

  addDaemonOptions(program.command("attach"))
    .summary("join a session; Ctrl+D leaves it running")
    .description(
      "Joins a session. One open session is joined at once, of several you choose. Ctrl+D leaves; the session goes on.",
    )
    .argument("[session|host|url]", "a session; HOST or HOST/SESSION of a saved host; or an address: wss://host/prefix")
    .option("--session <session>", "with a url: which of its sessions")
    .option(
      "--token-file <file>",
      "with a url: a file that holds the token; otherwise the saved one, or you are asked to pair",
    )
    .option("--plain", "text in and text out, as without a terminal")
    .addHelpText("after", attachHelp)
    .action(async (target: string | undefined, flags: AttachFlags) =>
      (await import("../commands/attach.ts")).attach(io, target, flags),
    );

  addDaemonOptions(program.command("new"))
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
    .option("--no-direnv", "without what an .envrc of the folder sets")
    .option("--worktree [branch]", "in a git worktree of its own, on a new branch")
    .option("--base <ref>", "what that branch begins with; otherwise HEAD")
    .addOption(
      new Option("--setup <what>", "whether the project's set-up command may run there").choices(["run", "skip"]),
    )
    .option("--no-attach", "only print its id")
    .option("--plain", "join it as `pier attach --plain` does")
    .action(async (_path: string | undefined, _rest: string[], flags: NewFlags, command: Command) => {
      const { own, piArgs } = splitArguments(command, 1);
      await (await import("../commands/new.ts")).startNew(io, own[0], flags, piArgs);
    });

  addDaemonOptions(program.command("ls"))
    .summary("list sessions")
    .description("Lists sessions, those that need somebody first.")
    .option("-a, --all", "closed ones too, and those of plain pi")
    .option("--json", "as records, for programs")
    .action(async (flags: ListFlags) => (await import("../commands/list.ts")).list(io, flags));

  addDaemonOptions(program.command("send"))
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
    addDaemonOptions(program.command(name))
      .summary(description)
      .description(`${description[0]?.toUpperCase()}${description.slice(1)}.`)
      .argument("<session>", "which one")
      .action(async (session: string, flags: DaemonFlags) => {
        const commands = await import("../commands/one-session.ts");
        const command = { kill: commands.kill, resume: commands.resume, logs: commands.logs }[name];
        if (!command) throw new CliError(`There is no command ${name}.`);
        await command(io, session, flags);
      });
  }

  addDaemonOptions(program.command("rm"))
    .summary("delete a session")
    .description("Ends a session's pi and deletes it. Its file goes to the trash, where there is one.")
    .argument("<session>", "which one")
    .option("-y, --yes", "without asking")
    .option("--permanent", "delete its file instead of moving it to the trash")
    .action(async (session: string, flags: RemoveFlags) =>
      (await import("../commands/remove.ts")).remove(io, session, flags),
    );
}

const attachHelp = `
A session of this machine goes first: its id, the beginning of it, or its name. Otherwise the word is a saved host
(\`pier hosts\`), or HOST/SESSION. With --host it is a session there.

While attached, // and Tab list what this client can do; Ctrl+D on an empty line leaves.

Piped, with TERM=dumb and with --plain, every line of stdin is a prompt and what happens comes out as plain text.`;
