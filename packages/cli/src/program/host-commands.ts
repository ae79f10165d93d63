import type { Command } from "commander";
import type { AddHostFlags } from "../commands/add-host.ts";
import type { Io } from "../io.ts";

/** Commands for daemons elsewhere. */
export function addHostCommands(program: Command, io: Io): void {
  program.commandsGroup("Elsewhere:");

  const hosts = program
    .command("hosts")
    .summary("list the daemons elsewhere; add and forget some")
    .description("Lists the daemons elsewhere that this machine may use.")
    .usage("[ls] | add [name] <url> | rm <name>")
    .helpCommand(false);

  hosts
    .command("add")
    .summary("pair with a daemon and save it under a name")
    .description("Pairs with a daemon elsewhere and saves it under a name.")
    .usage("[options] [name] <url>")
    .argument("<name|url>", "what to call it; made of its address when left away")
    .argument("[url]", "its address, or the link that `pier pair` shows there")
    .option("--token-file <file>", "a file that holds the token; otherwise you are asked for a code")
    .option("--fingerprint <sha256>", "the only certificate that it may show")
    .action(async (first: string, second: string | undefined, flags: AddHostFlags) => {
      const words = second === undefined ? [first] : [first, second];
      await (await import("../commands/add-host.ts")).addHost(io, words, flags);
    });

  hosts
    .command("ls", { isDefault: true })
    .summary("list them")
    .description("Lists the saved hosts. Tokens are never shown.")
    .option("--json", "as records, for programs")
    .action(async (flags: { json?: boolean }) => (await import("../commands/hosts.ts")).listHosts(io, flags));

  hosts
    .command("rm")
    .summary("forget one, and its token")
    .description("Forgets a saved host and its token.")
    .argument("<name>", "its name, or its address")
    .action(async (name: string) => (await import("../commands/hosts.ts")).forgetHost(io, name));
}
