import { type Argument, Command, type HelpConfiguration, type HelpContext, type OutputConfiguration } from "commander";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../text/style.ts";
import { cliVersion } from "../version.ts";

/** A program with Pier's manners: help on stdout, errors as one sentence with what would be right. */
export function createProgram(name: string, io: Io): Command {
  const program = new PierCommand(name);
  return program
    .version(`${name} ${cliVersion}`, "-V, --version", "say which version this is")
    .helpOption("-h, --help", "show this help")
    .configureOutput(outputOf(io))
    .configureHelp(helpOf(io))
    .exitOverride();
}

/** Commands made by `command()` are of this class too and say which one failed. */
class PierCommand extends Command {
  override createCommand(name?: string): Command {
    return new PierCommand(name).helpOption("-h, --help", "show this help");
  }

  /** Asked for the help of a command that is none, commander shows the program's and says nothing. */
  override help(context?: unknown): never {
    const [first, word] = this.args;
    if (first === "help" && word !== undefined) this.error(`error: unknown command '${word}'`);
    return super.help(context as HelpContext);
  }

  override error(message: string): never {
    throw usageError(message, this);
  }
}

function usageError(message: string, command: Command): CliError {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const hint = rest
    .join(" ")
    .replace(/^\(Did you mean (.*)\?\)$/, "did you mean $1? ")
    .replace("one of ", "one of: ");
  const help = `\`${pathOf(command)} --help\` shows what there is.`;
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  return new CliError(`${sentence.replace(/\.$/, "")}${hint === "" ? ". " : `: ${hint}`}${help}`);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function outputOf(io: Io): OutputConfiguration {
  return {
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    getOutHelpWidth: () => Math.min(io.stdout.columns ?? 100, 100),
    getOutHasColors: () => paintFor(io.stdout, io.env)("x", "bold") !== "x",
  };
}

function helpOf(io: Io): HelpConfiguration {
  const paint = paintFor(io.stdout, io.env);
  return {
    styleTitle: (title) => paint(title, "bold"),
    subcommandTerm: (command) =>
      [
        command.name(),
        ...shownArguments(command).map(
          (argument) => `${argument.required ? "<" : "["}${argument.name()}${argument.required ? ">" : "]"}`,
        ),
      ].join(" "),
    visibleArguments: shownArguments,
  };
}

/** What follows `--` stands in the usage; as an argument it would say nothing more. */
function shownArguments(command: Command): Argument[] {
  return command.registeredArguments.filter((argument) => !argument.variadic);
}
