import { type Elided, limits } from "@pier/protocol";

/**
 * A copy of `value` in which every string above `above` characters is replaced by its ends and an address to fetch it from.
 *
 * @param href address of the whole value, relative to the daemon's base; the path to the string is added as a query.
 * `null` for a value that cannot be fetched yet.
 */
export function elide<T>(value: T, href: string | null, above: number = limits.body): T {
  return walk(value, { href, above, preview: Math.min(limits.bodyPreview, above >> 3) }, []) as T;
}

/** The string at `path` in a value; undefined when there is none. */
export function bodyAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return typeof at === "string" ? at : undefined;
}

/**
 * A copy of `value` that takes about `bytes` of JSON at most: what comes first stays, the ends of lists and objects are left
 * out. Places in lists stay what they were, so that a path into the value leads to the same string.
 */
export function prune(value: unknown, bytes: number): unknown {
  let left = bytes;
  const copy = (part: unknown): unknown => {
    left -= typeof part === "string" ? utf8Length(part) + 8 : 24;
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) {
      const kept: unknown[] = [];
      for (let at = 0; at < part.length && left > 0; at++) kept.push(copy(part[at]));
      return kept;
    }
    const kept: [string, unknown][] = [];
    for (const [key, member] of Object.entries(part)) {
      left -= utf8Length(key) + 4;
      if (left <= 0) break;
      kept.push([key, copy(member)]);
    }
    return Object.fromEntries(kept);
  };
  return copy(value);
}

/** No message of pi is nested like this; a hostile one must not exhaust the stack. */
const maxDepth = 200;

interface Cut {
  href: string | null;
  above: number;
  /** Characters that stay at each end. */
  preview: number;
}

function walk(value: unknown, cut: Cut, path: readonly string[]): unknown {
  if (typeof value === "string") return value.length > cut.above ? elided(value, cut, path) : value;
  if (typeof value !== "object" || value === null) return value;
  if (path.length > maxDepth) return null;
  if (Array.isArray(value)) return value.map((part, index) => walk(part, cut, [...path, String(index)]));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part, cut, [...path, key])]));
}

function elided(text: string, { href, preview }: Cut, path: readonly string[]): Elided {
  // A path member may hold a dot itself, so the parts are escaped before they are joined.
  const query = path.map((part) => encodeURIComponent(part).replaceAll(".", "%2E")).join(".");
  return {
    elided: true,
    bytes: utf8Length(text),
    href: href === null ? null : `${href}?path=${encodeURIComponent(query)}`,
    head: wellFormed(text.slice(0, preview)),
    tail: wellFormed(text.slice(-preview)),
  };
}

/** Cutting between two surrogates would leave halves that no UTF-8 has. */
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}

/** UTF-8 bytes of a string, without encoding it. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (isPair(text, at)) {
      bytes += 2;
      at++;
    } else bytes += 2;
  }
  return bytes;
}

function isPair(text: string, at: number): boolean {
  const second = text.charCodeAt(at + 1);
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (second & 0xfc00) === 0xdc00;
}
