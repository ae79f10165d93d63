import type { SessionInfo } from "@pier/protocol";
import { attentionSettings } from "./attention-settings.svelte.ts";
import { claim } from "./claims.ts";
import { type Called, newsOf } from "./news.ts";
import { notify, takeBack } from "./notifications.ts";
import { bell } from "./sound.ts";

/** Calls somebody who does not look at this page, when a session begins to need them. */
export class Caller {
  #called: Called | null = null;

  /** Takes the list of sessions as it is now; what it says at first is known to whoever opens the page. */
  take(sessions: readonly SessionInfo[]): void {
    const { fresh, over, called } = newsOf(sessions, this.#called ?? new Map());
    const isFirst = this.#called === null;
    this.#called = called;
    if (attentionSettings.notifies) for (const id of over) void takeBack(id);
    if (isFirst || document.visibilityState === "visible") return;
    for (const session of fresh) void call(session);
  }
}

async function call(session: SessionInfo): Promise<void> {
  // A phone in a call sounds nothing; a browser may have taken its permission back meanwhile.
  await Promise.allSettled([sound(session), show(session)]);
}

async function sound({ id }: SessionInfo): Promise<void> {
  if (attentionSettings.sound && bell.isUnlocked && (await claim("sound", id))) await bell.play();
}

async function show(session: SessionInfo): Promise<void> {
  if (attentionSettings.notifies && (await claim("notification", session.id))) await notify(session);
}
