import type { ClientCommand } from "../command.ts";
import { switched } from "../switched.ts";

/** `/clone` */
export const cloneCommand: ClientCommand = {
  name: "clone",
  description: "Go on in a copy of the conversation",
  async run({ attachment, say }) {
    const { cancelled } = await switched(attachment, () => attachment.clone());
    if (cancelled) say("An extension prevented the copy.", "warning");
    else say("This is a copy now; the original stays in its file.", "success");
  },
};
