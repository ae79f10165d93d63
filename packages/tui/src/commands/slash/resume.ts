import { neutraliseLine } from "../../text/index.ts";
import type { ClientCommand } from "../command.ts";

/** `/resume` */
export const resumeCommand: ClientCommand = {
  name: "resume",
  description: "Go to another session; this one goes on",
  async run(context) {
    const id = await context.pickSession();
    if (id === null || id === context.attachment.session) return;
    await context.switchTo(id);
    const { info } = context.attachment.transcript;
    const title = neutraliseLine(info?.name ?? info?.preview ?? "") || `session ${id.slice(0, 8)}`;
    context.say(`This is ${title}. The session before goes on.`, "success");
  },
};
