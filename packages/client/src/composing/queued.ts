import type { Attachment } from "../attachment/attachment.ts";
import { piKnows } from "../pi/pi-knows.ts";

/** What was queued and is no longer, as text. */
export interface TakenQueue {
  texts: string[];
  /** Whether pi may say it all the same: older ones cannot be told to forget it. */
  kept: boolean;
}

/** Takes back what is queued for pi. Older pis cannot: then it is a copy. */
export async function takeQueue(attachment: Attachment): Promise<TakenQueue> {
  if (!piKnows(attachment, "clear_queue")) {
    const { steering, followUp } = attachment.transcript.live.queue;
    const texts = [...steering, ...followUp];
    return { texts, kept: texts.length > 0 };
  }
  const { steering, followUp } = await attachment.clearQueue();
  return { texts: [...steering, ...followUp], kept: false };
}

/** Queued texts and what is being typed, as one text for the editor. */
export function joinTexts(texts: readonly string[], typed: string): string {
  return [...texts, typed].filter((text) => text.trim() !== "").join("\n\n");
}
