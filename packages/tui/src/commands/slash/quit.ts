import type { ClientCommand } from "../command.ts";

/** `/quit`: what people of pi type to leave; here the session goes on. */
export const quitCommand: ClientCommand = {
  name: "quit",
  description: "Leave; the session goes on",
  run({ leave }) {
    leave();
    return Promise.resolve();
  },
};
