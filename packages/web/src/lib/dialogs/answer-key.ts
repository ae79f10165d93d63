import type { Questions } from "./questions.svelte.ts";
import { isField } from "./typing.ts";

/** The key with which a question is answered, in small letters; null for one that is meant for something else. */
export function answerKey(event: KeyboardEvent, questions: Questions): string | null {
  if (!questions.armed || event.defaultPrevented || event.isComposing || event.repeat) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return null;
  return document.querySelector("dialog[open]") ? null : event.key.toLowerCase();
}
