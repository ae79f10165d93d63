import { pier } from "#lib/pier/pier.svelte.ts";
import { asking } from "#lib/ui/ask.svelte.ts";
import type { PageCommand } from "./command.ts";

/** `/reload`: pi's RPC cannot reload, so pi is ended and started again on its file. */
export const reloadCommand: PageCommand = {
  name: "reload",
  description: "Start pi again, with new extensions, skills, templates and settings",
  isOffered: ({ attachment }) => attachment.transcript.info?.ephemeral !== true,
  async run({ attachment, say }) {
    const { live } = attachment.transcript;
    const stops = live.running || live.bash.size > 0 || live.compaction ? "What runs now is stopped. " : "";
    const agreed = await asking.ask({
      title: "Start pi again?",
      text: `${stops}pi ends and comes back on its session file: what extensions hold in memory is lost, what was said stays. That is more than pi's own /reload does.`,
      yes: "Start again",
    });
    if (!agreed) return;
    await pier.rest.kill(attachment.session);
    await pier.rest.resume(attachment.session);
    say("pi was started again.");
  },
};
