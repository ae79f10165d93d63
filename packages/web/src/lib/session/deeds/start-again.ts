import { RestError } from "@pier/client";
import type { SessionInfo } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
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
    if (await resume(session.id)) toasts.say("pi was started again.");
  } catch (error) {
    toasts.say(error instanceof Error ? error.message : String(error), "error");
  }
}

/**
 * Starts pi for a closed session. Where direnv wants the folder's .envrc allowed first, the person is asked for it, and
 * then it is tried again. Resolves with whether pi runs; why not is said in the daemon's words.
 */
export async function resume(id: string): Promise<boolean> {
  try {
    await pier.rest.resume(id);
    return true;
  } catch (error) {
    if (error instanceof RestError && error.path !== undefined && (await allowed(error.path, error.message))) {
      return resume(id);
    }
    toasts.say(error instanceof Error ? error.message : String(error), "error");
    return false;
  }
}

async function allowed(path: string, why: string): Promise<boolean> {
  const yes = await asking.ask({
    title: "Allow this folder's environment?",
    text: `${why} direnv would run ${path} before pi starts: allow it only if you know what is in it.`,
    yes: "Allow and resume",
  });
  if (yes) await pier.rest.allowDirenv(path);
  return yes;
}
