import type { ClientCommand } from "../command.ts";

/** `//clear` */
export const clearCommand: ClientCommand = {
  name: "clear",
  description: "Empty the screen; //older brings everything back",
  run({ showFrom }) {
    showFrom("now");
    return Promise.resolve();
  },
};
