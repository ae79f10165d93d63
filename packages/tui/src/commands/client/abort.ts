import type { ClientCommand } from "../command.ts";

/** `//abort` */
export const abortCommand: ClientCommand = {
  name: "abort",
  description: "Stop the turn",
  async run({ attachment, say }) {
    const { running, compaction } = attachment.transcript.live;
    if (!running && !compaction) return say("Nothing runs that could be stopped.");
    await attachment.abort();
  },
};
