import { promptText, type Transcript } from "@pier/client";
import type { AgentMessage } from "@pier/protocol";
import { isUserText, typedText } from "./outbox.svelte.ts";

/** What was sent and has no answer yet: it may have arrived. */
export interface Unconfirmed {
  text: string;
  /** Key of the transcript's last item when it was sent; null when there was none. */
  after: string | null;
}

/** Those that did not arrive as far as the session shows: neither among the messages since, nor queued, nor running. */
export function notArrived(
  sent: readonly Unconfirmed[],
  { items, live, offered }: Pick<Transcript, "items" | "live" | "offered">,
): Unconfirmed[] {
  const waiting = [...live.queue.steering, ...live.queue.followUp, ...offered.map(({ text }) => text)].map(typedText);
  const running = [...live.bash.values()].map(
    ({ command, excludeFromContext }) => `${excludeFromContext ? "!!" : "!"}${command}`,
  );
  const elsewhere = [...waiting, ...running];
  const taken = new Set<number>();
  return sent.filter(({ text, after }) => {
    // Where that item is not in sight, all that is came since.
    const from = items.findLastIndex(({ key }) => key === after) + 1;
    const at = items.findIndex(({ message }, index) => index >= from && !taken.has(index) && isTyped(message, text));
    const place = at === -1 ? elsewhere.indexOf(text) : -1;
    if (at !== -1) taken.add(at);
    if (place !== -1) elsewhere.splice(place, 1);
    return at === -1 && place === -1;
  });
}

function isTyped(message: AgentMessage, text: string): boolean {
  return isUserText(message, text) || (message.role === "bashExecution" && promptText(message) === text);
}
