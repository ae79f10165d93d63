import { limits } from "./limits.ts";

/**
 * Makes a field's text another one as if it were typed, so that the browser can undo it; the cursor stays where the
 * person has it. Only the field that has the keyboard can be typed into, the text of others is set.
 */
export function replaceText(field: HTMLTextAreaElement, text: string): void {
  const { value, selectionEnd: cursor } = field;
  if (value === text) return;
  const { from, to, added } = difference(value, text);
  if (document.activeElement !== field || added.length > limits.undoable || !type(field, from, to, added)) {
    field.value = text;
  }
  const moved = cursor < from ? cursor : cursor >= to ? cursor + text.length - value.length : from + added.length;
  field.setSelectionRange(moved, moved);
}

function type(field: HTMLTextAreaElement, from: number, to: number, added: string): boolean {
  field.setSelectionRange(from, to);
  replacing.isNow = true;
  // oxlint-disable-next-line typescript/no-deprecated -- the only way to change a text so that the browser can undo it
  const isDone = document.execCommand(added === "" ? "delete" : "insertText", false, added);
  replacing.isNow = false;
  return isDone;
}

/** Whether what a field tells as its input is typed by nobody. */
export const replacing = { isNow: false };

/** What stands between what both texts begin and end with. */
function difference(before: string, after: string): { from: number; to: number; added: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  if (isLow(before, from) || isLow(after, from)) from--;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  if (same > 0 && isLow(before, before.length - same)) same--;
  return { from, to: before.length - same, added: after.slice(from, after.length - same) };
}

/** Whether a place is in the middle of a character. */
function isLow(text: string, at: number): boolean {
  return at > 0 && /[\uDC00-\uDFFF]/.test(text[at] ?? "");
}
