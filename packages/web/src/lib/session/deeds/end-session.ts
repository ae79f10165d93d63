import { goto } from "$app/navigation";
import type { SessionInfo } from "@pier/protocol";
import { offerCleanUp } from "#lib/pier/offer-clean-up.ts";
import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionTitle } from "#lib/pier/session-text.ts";
import { pageAt } from "#lib/pier/where.ts";
import { asking } from "#lib/ui/ask.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";

/** Asks, ends the session's pi, and goes to the dashboard, where its worktree may go as well. */
export async function closeThisSession(session: SessionInfo): Promise<void> {
  const stops = stopsOf(session);
  const kept = session.ephemeral
    ? "It is ephemeral: nothing of it is kept once it closes."
    : "What was said stays, and the session can be resumed.";
  const yes = await asking.ask({
    title: `Close “${sessionTitle(session)}”?`,
    text: stops + kept,
    yes: "Close",
    isDangerous: session.ephemeral || stops !== "",
  });
  if (!yes || !(await attempt(() => pier.rest.kill(session.id)))) return;
  await goto(pageAt("/"));
  await offerCleanUp(session);
}

/** Asks, deletes the session, and goes to the dashboard; what became of its file is said there. */
export async function deleteThisSession(session: SessionInfo): Promise<void> {
  const yes = await asking.ask({
    title: `Delete “${sessionTitle(session)}”?`,
    text: `${stopsOf(session)}It leaves the list, and its file goes to the trash of the machine where there is one.`,
    yes: "Delete",
    isDangerous: true,
  });
  if (!yes) return;
  await attempt(async () => {
    const { message } = await pier.rest.remove(session.id);
    await goto(pageAt("/"));
    toasts.say(message);
  });
}

function stopsOf({ activity }: SessionInfo): string {
  return activity === "running" ? "A turn is under way: it stops. " : "";
}
