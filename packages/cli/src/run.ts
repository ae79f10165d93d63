import { neutralise } from "@pier/tui/text";
import { type Command, CommanderError } from "commander";
import { CliError } from "./cli-error.ts";
import { errorSentence } from "./error-sentence.ts";
import { type Io, processIo } from "./io.ts";
import { buildPiClient } from "./program/pi-client.ts";
import { buildPiServer } from "./program/pi-server.ts";
import { buildPier } from "./program/pier.ts";
import { buildPiface } from "./program/piface.ts";

const programs = {
  pier: buildPier,
  "pi-server": buildPiServer,
  "pi-client": buildPiClient,
  piface: buildPiface,
} satisfies Record<string, (io: Io) => Command>;

export type ProgramName = keyof typeof programs;

/** Runs a program with the process's own arguments and streams, and ends the process. */
export async function main(name: ProgramName): Promise<void> {
  // A reader that went away (`pier ls | head -1`) is no error, nor is a terminal that was closed.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "EIO") process.exit(0);
      if (stream === process.stdout) {
        process.stderr.write(`${name}: The output could not be written: ${errorSentence(error)}\n`);
      }
      process.exit(1);
    });
  }
  const code = await run(name, process.argv.slice(2), processIo());
  // Sockets and timers of libraries must not keep a finished program alive; what was written must get out first.
  process.exitCode = code;
  process.stdout.write("", (lost) => {
    if (!lost) process.stderr.write("", () => process.exit(code));
  });
}

/** Runs a program. Resolves to its exit code; what went wrong is said on stderr. */
export async function run(name: ProgramName, argv: readonly string[], io: Io): Promise<number> {
  try {
    refuseEmpty(argv);
    const program = programs[name](io);
    // Alone, a program with only subcommands tells what they are.
    if (argv.length === 0 && program.registeredArguments.length === 0) program.outputHelp();
    else await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    io.stderr.write(`${name}: ${neutralise(errorSentence(error))}\n`);
    if (io.env.PIER_DEBUG) io.stderr.write(`${stackOf(error)}\n`);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

/** An empty argument is a variable that was not set; what stands in its place would be a default, silently. */
function refuseEmpty(argv: readonly string[]): void {
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const at = own.indexOf("");
  if (at === -1) return;
  const before = own[at - 1];
  throw new CliError(`An argument is empty${before === undefined ? "" : `, after ${before}`}: was a variable not set?`);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\nCaused by: ${stackOf(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}
