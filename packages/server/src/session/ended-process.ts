import { limits } from "../limits.ts";
import type { SavedPrompt } from "./agent-process.ts";
import { type PromptEntry, promptText } from "./prompt-ledger.ts";

/** What is known of a process that ended. */
export interface EndedProcess {
  message: string;
  /** The user's messages that were saved since a moment. */
  savedSince(since: number): SavedPrompt[];
  /** When pi made the last user's message that its journal shows; undefined when the journal is gone. */
  lastUserAt: number | undefined;
  /** Whether messages waited in its queue. */
  queued: boolean;
}

/**
 * Whether an answered prompt that is in no file was a command of an extension, which leaves no message. A template looks
 * the same but leaves one: then the journal shows it soon after the reply, or it waited in the queue.
 *
 * @param known.messages what the session file holds since the prompt was accepted
 * @param known.repliedFor how long ago pi replied, ms
 */
export function leftNothing(
  entry: PromptEntry,
  { lastUserAt, queued }: EndedProcess,
  known: { messages: readonly SavedPrompt[]; repliedFor: number },
): boolean {
  if (entry.state !== "answered" || !promptText(entry).startsWith("/")) return false;
  if (lastUserAt === undefined || queued || known.repliedFor < limits.turnBegins) return false;
  return lastUserAt < entry.acceptedAt || known.messages.some(({ timestamp }) => timestamp === lastUserAt);
}

/** What is added for whoever waits for the reply to a prompt that was not saved. */
export const offeredAgain = "The prompt was kept and is offered again.";
