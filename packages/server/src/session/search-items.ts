import type { FoundMessage, FoundMessages } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { type Item, type ItemContent, type ItemIndex, itemKey } from "./item-index.ts";
import { messageTexts } from "./message-texts.ts";

export interface SearchOptions {
  query: string;
  limit: number;
  /** The search begins before this item; at the end without one. */
  before?: string | undefined;
  /** Who asked is not there any more: an `AbortSignal`, of which nothing else is needed. */
  signal?: { readonly aborted: boolean } | undefined;
}

/**
 * Looks through a transcript from its end. Others have a turn again and again, so the transcript may grow meanwhile, or get
 * other names for what it holds: then the search ends with what it has.
 */
export async function searchItems(
  index: ItemIndex,
  options: SearchOptions & { read(item: Item): ItemContent; clock: Clock },
): Promise<FoundMessages> {
  const { query, limit, clock, signal } = options;
  const pattern = patternOf(query);
  const matches: FoundMessage[] = [];
  const begin = clock.now();
  let newer = options.before;
  let turn = begin;
  let bytes = 0;
  const stopped = (): FoundMessages => ({ matches, truncated: true, ...(newer !== undefined && { before: newer }) });
  for (let at = placeBefore(index, newer); ; at++) {
    if (clock.now() - turn >= limits.searchTurn) {
      await new Promise<void>((resolve) => void clock.after(0, resolve));
      at = placeBefore(index, newer);
      turn = clock.now();
    }
    const item = at === -1 ? undefined : index.fromEnd(at);
    if (!item) return { matches, truncated: at === -1 };
    const isEnough = matches.length >= limit || bytes > limits.searchedBytes;
    if (isEnough || signal?.aborted || turn - begin > limits.searchTime) return stopped();
    let match: ReturnType<typeof lookInto>;
    try {
      match = lookInto(options.read(item), pattern);
    } catch {
      // The journal it stood in is gone by now.
      return { matches, truncated: true };
    }
    const key = itemKey(item);
    if (match) matches.push({ key, ...match, ...(newer !== undefined && { before: newer }) });
    newer = key;
    bytes += item.end - item.start;
  }
}

/** How far from the end the item before `key` is; -1 when the key is not known any more. */
function placeBefore(index: ItemIndex, key: string | undefined): number {
  if (key === undefined) return 0;
  const at = index.indexOf(key);
  return at === -1 ? -1 : at + 1;
}

/** Finds the query whatever its case, and however its words are divided into lines. */
function patternOf(query: string): RegExp {
  const words = query.trim().split(/\s+/);
  return new RegExp(
    words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join(String.raw`\s+`),
    "iu",
  );
}

function lookInto(content: ItemContent, pattern: RegExp): Pick<FoundMessage, "role" | "snippet"> | undefined {
  const message = content.message();
  for (const text of messageTexts(message)) {
    const found = pattern.exec(text);
    if (found) return { role: String(message.role), snippet: snippetOf(text, found.index, found[0].length) };
  }
  return undefined;
}

/** The match with what stands around it, in one line. */
function snippetOf(text: string, start: number, length: number): string {
  const from = Math.max(0, start - limits.snippet);
  const to = Math.min(text.length, start + length + limits.snippet);
  const cut = text.slice(from, to).toWellFormed().replaceAll(/\s+/g, " ").trim();
  return `${from > 0 ? "…" : ""}${cut}${to < text.length ? "…" : ""}`;
}
