import type { CommandContext } from "../commands/command.ts";
import type { Interruptible } from "./interrupt.ts";
import { joinTexts, takeQueue } from "./queue.ts";

/** Stops what runs, as Esc does in pi: of a turn, what is queued comes back into the editor. */
export async function stop(running: Interruptible, context: CommandContext): Promise<void> {
  const { attachment } = context;
  switch (running) {
    case "retry":
      return attachment.abortRetry();
    case "shell":
      return attachment.abortBash();
    case "compaction":
      return attachment.abort();
    case "turn": {
      // Both at once: what is queued would otherwise begin the next turn.
      const restored = restoreQueue(context);
      await attachment.abort();
      await restored;
    }
  }
}

/** Takes back what is queued for pi into the editor. Resolves with how many texts there were. */
export async function restoreQueue({ attachment, editor, say }: CommandContext): Promise<number> {
  const { texts, kept } = await takeQueue(attachment);
  if (texts.length > 0) editor.setText(joinTexts(texts, editor.getText()));
  if (kept) say("This pi cannot take back what is queued and may still say it: the editor has a copy.", "warning");
  return texts.length;
}
