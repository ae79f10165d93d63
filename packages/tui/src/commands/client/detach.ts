import type { ClientCommand } from "../command.ts";

/** `//detach` */
export const detachCommand: ClientCommand = leaving("detach", "Leave; the session goes on");

/** `//quit`: the same. */
export const quitCommand: ClientCommand = leaving("quit", "The same as //detach");

/** `//exit`: the same. */
export const exitCommand: ClientCommand = leaving("exit", "The same as //detach");

function leaving(name: string, description: string): ClientCommand {
  return {
    name,
    description,
    run({ leave }) {
      leave();
      return Promise.resolve();
    },
  };
}
