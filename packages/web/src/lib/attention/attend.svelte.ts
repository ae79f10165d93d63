import { startServiceWorker } from "#lib/pier/service-worker.ts";
import { sessionList } from "#lib/pier/session-list.svelte.ts";
import { showNeeds } from "./beacon.ts";
import { Caller } from "./caller.ts";
import { bell } from "./sound.ts";

/** Tells a person who is signed in when a session needs them, until the returned function is called. */
export function attend(): () => void {
  const caller = new Caller();
  const stopListening = startServiceWorker();
  const stopWaiting = bell.unlockAtFirstGesture();
  const stopFollowing = $effect.root(() => {
    $effect(() => showNeeds(sessionList.needing));
    $effect(() => {
      if (sessionList.synced) caller.take(sessionList.sessions);
    });
  });
  return () => {
    stopListening();
    stopWaiting();
    stopFollowing();
    showNeeds(0);
  };
}
