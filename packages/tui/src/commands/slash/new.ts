import type { ClientCommand } from "../command.ts";
import { switched } from "../switched.ts";

/** `/new` */
export const newCommand: ClientCommand = {
  name: "new",
  description: "Begin another conversation in this session",
  async run({ attachment, say }) {
    const { cancelled } = await switched(attachment, () => attachment.newSession());
    if (cancelled) say("An extension keeps this conversation open.", "warning");
    else say("A new conversation. The one before stays in its file.", "success");
  },
};
