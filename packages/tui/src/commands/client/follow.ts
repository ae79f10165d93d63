import type { ClientCommand } from "../command.ts";

/** `//follow` */
export const followCommand: ClientCommand = {
  name: "follow",
  description: "Say something when the turn has ended",
  argument: "TEXT",
  run({ say, send }, argument) {
    if (argument === "") say("//follow takes the text to send: //follow and now the tests", "warning");
    else send(argument, "later");
    return Promise.resolve();
  },
};
