import type { SessionInfo } from "@pier/protocol";
import { offerCleanUp } from "#lib/pier/offer-clean-up.ts";
import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionTitle } from "#lib/pier/session-text.ts";
import { asking } from "#lib/ui/ask.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";

/** Whether closing a session stops something or loses it; otherwise it is only put away. */
export function isClosingGrave({ activity, ephemeral }: SessionInfo): boolean {
  return ephemeral || activity === "running" || activity === "starting";
}

/** Ends a session's pi and archives the session; asks first where something stops or is lost. Resolves with whether it did. */
export async function closeSession(session: SessionInfo): Promise<boolean> {
  if (isClosingGrave(session) && !(await asking.ask(closeQuestion(session)))) return false;
  if (!(await attempt(() => pier.rest.kill(session.id)))) return false;
  await offerCleanUp(session);
  return true;
}

function closeQuestion(session: SessionInfo) {
  const title = `Close “${sessionTitle(session)}”?`;
  if (session.ephemeral) {
    return { title, text: "It is ephemeral: nothing of it is kept once it closes.", yes: "Close", isDangerous: true };
  }
  return {
    title,
    text: "A turn is under way: it stops, and what it did so far stays. The session goes to the archive and can be resumed.",
    yes: "Close",
    isDangerous: true,
  };
}

/** Ends a session and takes it off the list for good, once the person is sure. Resolves with whether it did. */
export async function deleteSession({ id, name, preview }: Deletable): Promise<boolean> {
  const title = name ?? preview ?? "New session";
  const yes = await asking.ask({
    title: `Delete “${title}”?`,
    text: "Its pi is ended, and it leaves every list. Its file goes to the trash where this machine has one.",
    yes: "Delete",
    isDangerous: true,
  });
  if (!yes) return false;
  return attempt(async () => toasts.say((await pier.rest.remove(id)).message));
}

interface Deletable {
  id: string;
  name?: string | null | undefined;
  preview?: string | null | undefined;
}

export function markSessionRead(id: string): Promise<boolean> {
  return attempt(() => pier.rest.markRead(id));
}

/** An empty name changes nothing. */
export async function renameSession({ id, name }: SessionInfo, given: string): Promise<void> {
  const wanted = given.trim();
  if (wanted !== "" && wanted !== name) await attempt(() => pier.rest.rename(id, wanted));
}
