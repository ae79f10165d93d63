import { identityOf } from "./names.ts";
import type { Named } from "./turn.ts";

/** A row in words that outlive this page: which message it belongs to, and how its key is made of that one's name. */
export interface MessagePlace {
  message: string;
  before: string;
  after: string;
}

/** The place of a row among the messages of its turn; null for what is in flight. */
export function placeAmong(items: readonly Named[], key: string): MessagePlace | null {
  for (const { item, base } of items) {
    for (const before of ["", "turn:"]) {
      const start = before + base;
      if (key !== start && !key.startsWith(`${start}:`)) continue;
      return { message: identityOf(item), before, after: key.slice(start.length) };
    }
  }
  return null;
}

/** The key of a row at a place, if its message is among these. */
export function keyAmong(items: readonly Named[], { message, before, after }: MessagePlace): string | null {
  const found = items.find(({ item }) => identityOf(item) === message);
  return found ? before + found.base + after : null;
}
