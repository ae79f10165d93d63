import { type Command, Option } from "commander";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { createProgram } from "./base-command.ts";
import { exitCodes } from "./exit-codes.ts";
import { addServeOptions, type ServeFlags } from "./serve-options.ts";
import { splitArguments } from "./split-arguments.ts";

/** The command `piface`, for those who come from it. Without a subcommand it serves. */
export function buildPiface(io: Io): Command {
  const program = createProgram("piface", io).description(
    "Pier under the name piface: the web interface on port 7832.",
  );
  addPiface(program, io);
  addPiface(program.command("serve").summary("the same, said in full"), io);
  return program.addHelpText(
    "after",
    `\npiface listened on every address; Pier listens on this machine only. \`tailscale serve --bg 7832\` makes it reachable\nfor your own devices, encrypted, and \`pier pair\` lets each of them in.\n${exitCodes}`,
  );
}

function addPiface(command: Command, io: Io): void {
  addServeOptions(command, { port: 7832 }).usage("[serve] [options] [-- pi options]").argument("[pi...]");
  for (const flags of Object.keys(unsupported)) command.addOption(new Option(flags).hideHelp());
  command.action(async (_pi: string[], _flags: unknown, self: Command) => {
    const { piArgs } = splitArguments(self, 0);
    const flags = self.optsWithGlobals<ServeFlags>();
    refuseUnsupported(self);
    const { serve } = await import("../commands/serve.ts");
    await serve(io, flags, piArgs, { program: "piface" });
  });
}

/** Options of piface that Pier does not have yet, or never, with what is true instead; null where leaving it out means the same. */
const unsupported: Readonly<Record<string, string | null>> = {
  "--dev": "Pier has no development server of its own: run Vite beside it.",
  "--direnv": null,
  "--speech": "Voice transcription is not part of Pier yet.",
  "--no-speech": null,
  "--speech-model <id>": "Voice transcription is not part of Pier yet.",
  "--speech-gpu": "Voice transcription is not part of Pier yet.",
  "--speech-cpu": "Voice transcription is not part of Pier yet.",
  "--tts": "Text to speech is not part of Pier yet.",
  "--no-tts": null,
  "--tts-model <id>": "Text to speech is not part of Pier yet.",
  "--tts-gpu": "Text to speech is not part of Pier yet.",
  "--tts-cpu": "Text to speech is not part of Pier yet.",
};

function refuseUnsupported(command: Command): void {
  for (let at: Command | null = command; at; at = at.parent) {
    for (const option of at.options) {
      const reason = unsupported[option.flags];
      const name = option.attributeName();
      if (reason == null || at.getOptionValueSource(name) !== "cli" || at.getOptionValue(name) === false) continue;
      throw new CliError(`${option.long}: ${reason}`);
    }
  }
}
