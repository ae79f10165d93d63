import { type Interruptible, joinTexts, stopRunning, type TakenQueue, takeQueue } from "@pier/client";
import type { CommandContext } from "../commands/command.ts";

/** Stops what runs, as Esc does in pi: of a turn, what is queued comes back into the editor. */
export function stop(running: Interruptible, context: CommandContext): Promise<void> {
  return stopRunning(context.attachment, running, (queue) => void restore(queue, context));
}

/** Takes back what is queued for pi into the editor. Resolves with how many texts there were. */
export async function restoreQueue(context: CommandContext): Promise<number> {
  return restore(await takeQueue(context.attachment), context);
}

function restore({ texts, kept }: TakenQueue, { editor, say }: CommandContext): number {
  if (texts.length > 0) editor.setText(joinTexts(texts, editor.getText()));
  if (kept) say("This pi cannot take back what is queued and may still say it: the editor has a copy.", "warning");
  return texts.length;
}
