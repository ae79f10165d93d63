import type { TranscriptItem } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import type { WantedMessage } from "#lib/session/wanted-message.svelte.ts";
import type { Conversation } from "../conversation.svelte.ts";
import { identityOf } from "../rows/names.ts";
import { findLimits } from "./limits.ts";

/**
 * Finds a message that the daemon's search named among those that are here; older ones are loaded until it is. Resolves
 * with null when it is not in the conversation any more.
 *
 * @throws Error when it cannot be had, in words for the person
 */
export async function findItem(
  { view, older }: Conversation,
  { key, before }: WantedMessage,
  signal: AbortSignal,
): Promise<TranscriptItem | null> {
  const { transcript } = view;
  const named = transcript.items.find((item) => item.key === key);
  if (named) return named;
  // The client names what came while it was here by the events that brought it: what a message is tells it from others.
  const page = await pier.rest.history(view.id, {
    ...(before !== undefined && { before }),
    window: { messages: 1 },
    signal,
  });
  const wanted = page.messages.at(-1);
  if (wanted?.key !== key) return null;
  const identity = identityOf(wanted);
  for (;;) {
    const found = transcript.items.find((item) => identityOf(item) === identity);
    if (found || signal.aborted) return found ?? null;
    if (await older.loadOn(findLimits.window)) continue;
    if (older.error !== "") throw new Error(older.error);
    return null;
  }
}
