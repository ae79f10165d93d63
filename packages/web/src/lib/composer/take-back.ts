import type { Attachment } from "@pier/client";

/** Which queued message: its kind, and its place among those of its kind. */
export interface QueuedPlace {
  kind: "steering" | "followUp";
  at: number;
}

/** Sends a queued message again, with what it carried. */
export type Requeue = (text: string, kind: QueuedPlace["kind"]) => void;

/**
 * Takes one queued message back. pi can only take back all of them, so the others are queued again, in their order.
 *
 * @returns its text; null when pi had said it already
 */
export async function takeBack(attachment: Attachment, place: QueuedPlace, requeue: Requeue): Promise<string | null> {
  const wanted = attachment.transcript.live.queue[place.kind][place.at];
  const queue = await attachment.clearQueue();
  // pi may have said the first ones meanwhile: the same text counts from the end.
  const at = wanted === undefined ? -1 : queue[place.kind].lastIndexOf(wanted);
  for (const kind of ["steering", "followUp"] as const) {
    for (const [index, text] of queue[kind].entries()) if (kind !== place.kind || index !== at) requeue(text, kind);
  }
  return at === -1 ? null : (queue[place.kind][at] ?? null);
}
