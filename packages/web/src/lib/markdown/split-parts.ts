/** Where the split of a growing text stands. What is before `start` never changes again. */
export interface SplitState {
  /** Where the open part begins. */
  readonly start: number;
  /** Where the first line begins that was not looked at. */
  readonly next: number;
  /** The fence that is open. */
  readonly fence: Fence | null;
  /** Whether a line of the open part looks like an item of a list. */
  readonly hasItem: boolean;
  /** Whether the line before `next` is blank. */
  readonly afterBlank: boolean;
}

interface Fence {
  mark: string;
  indent: number;
}

export const splitStart: SplitState = { start: 0, next: 0, fence: null, hasItem: false, afterBlank: false };

/**
 * Cuts Markdown into parts that mean the same alone as together, link definitions aside: at a line that follows a blank
 * one, is not indented and does not go on with a list or a fence. Looks at each line once, and at whole lines only unless
 * `toEnd`: so a text that grows is cut as it is at once.
 */
export function splitParts(text: string, from: SplitState, toEnd: boolean): { parts: string[]; state: SplitState } {
  const parts: string[] = [];
  let { start, next, fence, hasItem, afterBlank } = from;
  while (next < text.length) {
    const newline = text.indexOf("\n", next);
    if (newline < 0 && !toEnd) break;
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(next, Math.min(end, next + lookedAt));
    const isBlank = /^\s*$/.test(line);
    const isItem = itemLine.test(line);
    if (!fence && afterBlank && /^\S/.test(line) && !(isItem && hasItem)) {
      if (next > start) parts.push(text.slice(start, next));
      start = next;
      hasItem = false;
    }
    if (fence) {
      if (closes(line, fence, hasItem)) fence = null;
    } else {
      fence = opens(line);
      hasItem ||= isItem;
    }
    afterBlank = isBlank && (afterBlank || !fence);
    next = end;
  }
  return { parts, state: { start, next, fence, hasItem, afterBlank } };
}

/** Characters of a line that tell what it is. */
const lookedAt = 1_000;
const itemLine = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

function opens(line: string): Fence | null {
  const found = /^( {0,3}(?:(?:[-*+]|\d{1,9}[.)]) {1,4})?)(`{3,}(?=[^`]*$)|~{3,})/.exec(line);
  return found ? { mark: found[2] ?? "", indent: found[1]?.length ?? 0 } : null;
}

function closes(line: string, { mark, indent }: Fence, isInList: boolean): boolean {
  const found = /^( *)(`{3,}|~{3,})\s*$/.exec(line);
  if (!found) return false;
  const [, spaces = "", run = ""] = found;
  return run[0] === mark[0] && run.length >= mark.length && spaces.length <= (isInList ? indent + 3 : 3);
}
