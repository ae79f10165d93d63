import { limits as wire } from "@pier/protocol/runtime";
import type { ClientCommand } from "../command.ts";

/** `/name` */
export const nameCommand: ClientCommand = {
  name: "name",
  description: "Name the session, or show its name",
  argument: "[name]",
  async run({ attachment, say }, argument) {
    if (argument === "") {
      const { info, live } = attachment.transcript;
      const name = live.pi?.sessionName ?? info?.name;
      return say(name === undefined ? "The session has no name: /name NAME gives it one." : `Name: ${name}`);
    }
    const name = argument.replace(/\s+/g, " ").slice(0, wire.sessionName);
    await attachment.setSessionName(name);
    say(`Name: ${name}`, "success");
  },
};
