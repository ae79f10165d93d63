import { setImmediate as breathe } from "node:timers/promises";
import { fileLimits } from "../../limits.ts";
import type { FoundEntry } from "./file-list.ts";

export interface Ranked {
  best: FoundEntry[];
  /** Whether more fit than are answered. */
  more: boolean;
}

/**
 * The entries that fit a query, the best first: those whose name fits before those whose path does, whole words before
 * scattered letters, short paths before long ones. Lets others have a turn in between: there may be many.
 */
export async function rankFiles(entries: readonly FoundEntry[], query: string, most: number): Promise<Ranked> {
  const wanted = query.trim().toLowerCase().replace(/^\.\//, "");
  const best: { entry: FoundEntry; rank: number }[] = [];
  let fitting = 0;
  for (const [at, entry] of entries.entries()) {
    if (at > 0 && at % fileLimits.rankedAtOnce === 0) await breathe();
    const rank = rankOf(entry, wanted);
    if (rank === Infinity) continue;
    fitting++;
    const one = { entry, rank };
    if (best.length === most && !isBefore(one, best.at(-1) as typeof one)) continue;
    best.splice(placeFor(one, best), 0, one);
    if (best.length > most) best.pop();
  }
  return { best: best.map(({ entry }) => entry), more: fitting > best.length };
}

/** Above the length of any path: how it fits counts before how long it is. */
const step = 1_000_000;

/** Infinity when it does not fit. */
function rankOf({ lower, name }: FoundEntry, wanted: string): number {
  const kind = wanted.includes("/") ? pathKind(lower, wanted) : nameKind(lower, name, wanted);
  return kind * step + lower.length;
}

function nameKind(lower: string, name: number, wanted: string): number {
  // Of all there is, what lies at the top comes first.
  if (wanted === "") return depthOf(lower);
  const at = lower.indexOf(wanted, name);
  if (at === name) return lower.length === name + wanted.length ? 0 : 1;
  if (at > name) return isWordStart(lower, at) ? 2 : 3;
  if (isScattered(lower, name, wanted)) return 4;
  if (lower.includes(wanted)) return 5;
  return isScattered(lower, 0, wanted) ? 6 : Infinity;
}

function pathKind(lower: string, wanted: string): number {
  const at = lower.indexOf(wanted);
  if (at === 0) return lower.length === wanted.length ? 0 : 1;
  if (at > 0) return lower[at - 1] === "/" ? 2 : 3;
  return isScattered(lower, 0, wanted) ? 4 : Infinity;
}

function depthOf(path: string): number {
  let depth = 0;
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) depth++;
  return depth;
}

function isWordStart(text: string, at: number): boolean {
  return /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "");
}

/** Whether the letters stand in the text in their order, from a place on. */
function isScattered(text: string, from: number, letters: string): boolean {
  let at = from;
  for (let index = 0; index < letters.length; index++, at++) {
    at = text.indexOf(letters[index] as string, at);
    if (at === -1) return false;
  }
  return true;
}

interface Candidate {
  entry: FoundEntry;
  rank: number;
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.entry.path < b.entry.path);
}

function placeFor(one: Candidate, sorted: readonly Candidate[]): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (isBefore(one, sorted[middle] as Candidate)) high = middle;
    else low = middle + 1;
  }
  return low;
}
