import type { Command } from "commander";

/**
 * Tells a command's own arguments from pi's options after `--`: commander puts both in one list, so the words that came
 * in are looked at.
 *
 * @param most own arguments that the command takes
 */
export function splitArguments(command: Command, most: number): { own: string[]; piArgs: string[] } {
  const { args } = command;
  const raw = rawArguments(command);
  const at = raw.indexOf("--");
  const count = args.length - (at === -1 ? 0 : raw.length - at - 1);
  const own = args.slice(0, count);
  if (own.length > most) {
    command.error(`error: unexpected argument '${own[most]}': options for pi go after a --, as in -- --model x`);
  }
  return { own, piArgs: args.slice(count) };
}

function rawArguments(command: Command): readonly string[] {
  return command.parent ? rawArguments(command.parent) : (command as Command & { rawArgs: string[] }).rawArgs;
}
