import type { Attachment } from "../attachment/attachment.ts";
import type { Interruptible } from "./interruptible.ts";
import { type TakenQueue, takeQueue } from "./queued.ts";

/**
 * Stops what runs, as Esc does in pi; resolves when it has stopped.
 *
 * @param onTaken gets what was queued for a turn, as soon as it is taken back: it belongs into the editor
 */
export async function stopRunning(
  attachment: Attachment,
  running: Interruptible,
  onTaken: (queue: TakenQueue) => void,
): Promise<void> {
  switch (running) {
    case "retry":
      return attachment.abortRetry();
    case "shell":
      return attachment.abortBash();
    case "compaction":
      return attachment.abort();
    case "turn": {
      // Both at once: what is queued would otherwise begin the next turn.
      const taken = takeQueue(attachment).then(onTaken);
      await attachment.abort();
      await taken;
    }
  }
}
