import type { ClientCommand } from "../command.ts";

/** `/reload`: pi's RPC cannot reload, so pi is ended and started again on its file. */
export const reloadCommand: ClientCommand = {
  name: "reload",
  description: "Start pi again, with new extensions, skills, templates and settings",
  isOffered: ({ attachment }) => attachment.transcript.info?.ephemeral !== true,
  async run({ attachment, rest, confirm, wait, whileClosed, say }) {
    const { info, live } = attachment.transcript;
    if (info?.ephemeral) {
      return say(
        "This session is kept in no file, so pi would come back without it: it is not started again.",
        "error",
      );
    }
    const stops = live.running || live.bash.size > 0 || live.compaction ? "What runs now is stopped. " : "";
    const agreed = await confirm({
      title: "Start pi again?",
      message: `${stops}pi ends and comes back on its session file: what extensions hold in memory is lost, what was said stays.`,
    });
    if (!agreed) return;
    await whileClosed(() =>
      wait("Starting pi again…", async () => {
        await rest.kill(attachment.session);
        await rest.resume(attachment.session);
      }),
    );
    say("pi was started again.", "success");
  },
};
