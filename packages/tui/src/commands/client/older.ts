import type { ClientCommand } from "../command.ts";
import { counted } from "../format.ts";

/** `//older` */
export const olderCommand: ClientCommand = {
  name: "older",
  description: "Show earlier messages too",
  async run({ attachment, say, showEarlier, showFrom, wait }) {
    // First what is here already.
    if (showEarlier()) return say("More of what is above is shown now.");
    const count = await wait("Loading earlier messages…", () => attachment.loadOlder());
    showFrom("beginning");
    say(
      count === 0
        ? "That is the beginning."
        : `${counted(count, "earlier message")} above${attachment.transcript.hasOlder ? "; there are more" : ""}.`,
    );
  },
};
