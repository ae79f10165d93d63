import type { SessionInfo } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { resumeSession } from "#lib/pier/resume-session.ts";
import { asking } from "#lib/ui/ask.svelte.ts";
import { toasts } from "#lib/ui/toasts.svelte.ts";
import type { SessionView } from "../session-view.svelte.ts";

/** Asks, ends pi and starts it again on its session file: pi's RPC cannot reload. */
export async function startPiAgain({ transcript }: SessionView, session: SessionInfo): Promise<void> {
  if (session.ephemeral) {
    toasts.say("This session is kept in no file, so pi would come back without it: it is not started again.", "error");
    return;
  }
  const { running, compaction, bash } = transcript.live;
  const isWorking = running || compaction !== null || bash.size > 0;
  const stops = isWorking ? "What runs now is stopped. " : "";
  const yes = await asking.ask({
    title: "Start pi again?",
    text: `${stops}This is not pi's own /reload: pi ends and comes back on its session file, with new extensions, skills, templates and settings. What extensions hold in memory is lost, what was said stays.`,
    yes: "Start again",
    isDangerous: isWorking,
  });
  if (!yes) return;
  try {
    await pier.rest.kill(session.id);
    if (await resumeSession(session.id)) toasts.say("pi was started again.");
  } catch (error) {
    toasts.say(error instanceof Error ? error.message : String(error), "error");
  }
}
