import type { Action } from "#lib/palette/actions.svelte.ts";
import { attempt } from "#lib/ui/toasts.svelte.ts";
import type { Conversation } from "./conversation.svelte.ts";
import type { Steps } from "./steps.ts";

/** Going from message to message, as actions with keys; the keys count at once, what they do comes with the first of them. */
export function stepActions(conversation: Conversation): Action[] {
  const action = { icon: "updown", place: "keys", group: "Conversation" } as const;
  const go = (how: (steps: Steps) => unknown) => () =>
    void attempt(async () => how(new (await import("./steps.ts")).Steps(conversation)));
  return [
    { ...action, id: "next", title: "Next message", key: "j", repeats: true, run: go((steps) => steps.step(1)) },
    { ...action, id: "previous", title: "Message before", key: "k", repeats: true, run: go((steps) => steps.step(-1)) },
    {
      ...action,
      id: "first",
      title: "The beginning",
      key: "g g",
      also: "Home",
      run: go((steps) => steps.toBeginning()),
    },
    { ...action, id: "last", title: "The end", key: "Shift+G", also: "End", run: () => conversation.scroller.toEnd() },
  ];
}
