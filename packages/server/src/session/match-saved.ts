import type { SavedPrompt } from "./agent-process.ts";
import { type PromptEntry, promptText } from "./prompt-ledger.ts";

/**
 * Finds out which prompts a session file holds. The same text may have been sent many times, so each saved message
 * stands for one prompt only: the oldest that was accepted before the message was made.
 *
 * @param entries of one session, oldest first, those that are done included: their messages are in the file as well
 * @returns the ids of the prompts that were saved
 */
export function matchSaved(entries: readonly PromptEntry[], messages: readonly SavedPrompt[]): Set<string> {
  const matched = new Set<string>();
  const claim = (message: SavedPrompt, fits: (entry: PromptEntry) => boolean): boolean => {
    const entry = entries.find((one) => !matched.has(one.id) && isBefore(one, message) && fits(one));
    if (entry) matched.add(entry.id);
    return entry !== undefined;
  };
  const others = messages.filter((message) => !claim(message, (entry) => holds(message, promptText(entry))));
  // What is left was written by an extension, or pi made it from a template: that begins with a slash.
  for (const message of others) claim(message, (entry) => promptText(entry).startsWith("/"));
  return matched;
}

function isBefore(entry: PromptEntry, { timestamp }: SavedPrompt): boolean {
  return timestamp === null || entry.acceptedAt <= timestamp;
}

/** pi adds hints about images it made smaller behind what a person typed. */
function holds({ texts }: SavedPrompt, typed: string): boolean {
  return texts.some((text) => text === typed || (typed !== "" && text.startsWith(`${typed}\n\n`)));
}
