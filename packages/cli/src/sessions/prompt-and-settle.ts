import type { Attachment } from "@pier/client";
import type { AgentMessage, AssistantMessage, Dialog } from "@pier/protocol";
import { bodyText } from "@pier/tui/text";

export interface Settled {
  /** The assistant's last text; null when none came. */
  text: string | null;
  /** Why the turn failed; null when it did not. */
  error: string | null;
}

export interface SettleOptions {
  onQuestion?: (dialog: Dialog) => void;
}

/**
 * Gives text to pi and waits until nothing runs any more. Commands of extensions may end without any turn, so pi
 * itself is asked whether one is under way.
 *
 * @throws CommandError when pi refuses; ClientError when the attachment ends
 */
export async function promptAndSettle(
  attachment: Attachment,
  text: string,
  { onQuestion }: SettleOptions = {},
): Promise<Settled> {
  const { transcript } = attachment;
  let last: AssistantMessage | null = null;
  let anew = false;
  const asked = new Set<string>();
  const changes = new Changes();
  const unsubscribe = attachment.subscribe((change) => {
    if (change.kind === "items")
      last = lastAssistant(transcript.items.slice(change.from).map(({ message }) => message)) ?? last;
    if (change.kind === "reset") anew = true;
    for (const dialog of transcript.ui.dialogs.values()) {
      if (asked.has(dialog.id)) continue;
      asked.add(dialog.id);
      onQuestion?.(dialog);
    }
    changes.tell();
  });
  try {
    await attachment.prompt(text, { streamingBehavior: "steer" });
    // The process that took the prompt; a parked session shows its file until one runs.
    let epoch: string | undefined;
    for (;;) {
      const now = transcript.cursor?.epoch;
      if (epoch === undefined && now !== undefined && !now.startsWith("file-")) epoch = now;
      else if (epoch !== undefined && now !== undefined && now !== epoch)
        return lost(transcript.info?.lastExit?.message);
      if (transcript.status === "gone" || transcript.status === "detached")
        throw transcript.error ?? new Error("The session was left.");
      if (transcript.caughtUp && !transcript.live.running) {
        const { seen } = changes;
        const { isStreaming } = await attachment.getState();
        if (isStreaming !== true && !transcript.live.running) break;
        if (changes.seen !== seen) continue;
      }
      await changes.next();
    }
    // What came while the connection was lost is not among the changes.
    if (anew) last = lastAssistant(transcript.items.map(({ message }) => message)) ?? last;
    return await result(attachment, last);
  } finally {
    unsubscribe();
  }
}

/** The process is another one: what the prompt began is gone with the one before. */
function lost(why: string | undefined): Settled {
  const offered = "if it was not saved, `pier attach` offers the prompt again";
  return { text: null, error: `The turn did not end: ${why ?? "pi was ended."} See its transcript; ${offered}.` };
}

/** Something to wait for between two looks at the same state. */
class Changes {
  seen = 0;
  #next = Promise.withResolvers<void>();

  tell(): void {
    this.seen++;
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  next(): Promise<void> {
    return this.#next.promise;
  }
}

async function result(attachment: Attachment, message: AssistantMessage | null): Promise<Settled> {
  if (!message) return { text: null, error: null };
  const parts = message.content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  const elided = parts.some((part) => typeof part !== "string");
  const text = elided ? (await attachment.getLastAssistantText()).text : parts.map(bodyText).join("\n");
  const failed = message.stopReason === "error" || message.stopReason === "aborted";
  const why =
    message.stopReason === "aborted"
      ? "The turn was stopped."
      : `Model request failed: ${message.errorMessage ?? "no reason was given"}`;
  return { text: text === "" ? null : text, error: failed ? why : null };
}

function lastAssistant(messages: readonly AgentMessage[]): AssistantMessage | undefined {
  return messages.findLast((message): message is AssistantMessage => message.role === "assistant");
}
