import { limits, type Window } from "@pier/protocol";
import { limits as serverLimits } from "../limits.ts";
import { elide, prune, utf8Length } from "./elide.ts";
import { type Item, type ItemContent, type ItemIndex, itemKey } from "./item-index.ts";

/** A stretch of a transcript, ready for the wire. */
export interface Page {
  /** JSON texts of `TranscriptItem`s, oldest first. */
  items: string[];
  /** Key of the first item when there are older ones. */
  before?: string;
}

export interface PageOptions {
  session: string;
  /** How many items from the end are left out. */
  skip: number;
  window: Window | undefined;
  /** Characters of a page without elision and whatever the window says: for dialects that know neither. */
  whole?: number | undefined;
  read(item: Item): ItemContent;
}

/**
 * Cuts the page that ends `skip` items from the end. Its size is bounded in bytes whatever the messages are: large
 * strings are elided, and at least one item is given, so that paging always advances.
 */
export function cutPage(index: ItemIndex, options: PageOptions): Page {
  const { window, whole } = options;
  const bytes = whole ?? Math.min(window?.bytes ?? limits.window, limits.windowMax);
  const messages = whole ? Infinity : Math.min(window?.messages ?? limits.windowMessages, limits.windowMessages);
  const items: string[] = [];
  let used = 0;
  let first: Item | undefined;
  for (let at = options.skip; items.length < messages; at++) {
    const item = index.fromEnd(at);
    if (!item) break;
    const text = itemText(options.session, item, options.read(item), whole ? Infinity : limits.body);
    used += utf8Length(text);
    if (used > bytes && items.length > 0) break;
    items.push(text);
    first = item;
  }
  items.reverse();
  const more = first !== undefined && index.fromEnd(options.skip + items.length) !== undefined;
  return { items, ...(more && { before: itemKey(first as Item) }) };
}

function itemText(session: string, item: Item, content: ItemContent, elideAbove: number): string {
  const key = itemKey(item);
  const entry = content.entry === undefined ? "" : `,"entry":${JSON.stringify(content.entry)}`;
  const href = `api/sessions/${encodeURIComponent(session)}/bodies/${key}`;
  const message = content.text.length <= elideAbove ? content.text : bounded(content, href);
  return `{"key":"${key}"${entry},"message":${message}}`;
}

/** A message with its large strings elided; of one that is large by the number of its parts, less and less. */
function bounded(content: ItemContent, href: string): string {
  const fits = (text: string): boolean => utf8Length(text) <= serverLimits.item;
  const message = content.message();
  const elided = JSON.stringify(elide(message, href));
  if (fits(elided)) return elided;
  const further = elide(message, href, serverLimits.smallBody);
  const text = JSON.stringify(further);
  return fits(text) ? text : JSON.stringify(prune(further, serverLimits.item));
}
