import { type Elided, limits } from "@pier/protocol";

/**
 * A copy of `value` in which every string above `limits.body` is replaced by its ends and an address to fetch it from.
 *
 * @param href address of the whole value, relative to the daemon's base; the path to the string is added as a query.
 * `null` for a value that cannot be fetched yet.
 */
export function elide<T>(value: T, href: string | null): T {
  return walk(value, href, []) as T;
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

/** No message of pi is nested like this; a hostile one must not exhaust the stack. */
const maxDepth = 200;

function walk(value: unknown, href: string | null, path: readonly string[]): unknown {
  if (typeof value === "string") return value.length > limits.body ? elided(value, href, path) : value;
  if (Array.isArray(value)) return value.map((part, index) => walk(part, href, [...path, String(index)]));
  if (typeof value !== "object" || value === null || path.length > maxDepth) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part, href, [...path, key])]));
}

function elided(text: string, href: string | null, path: readonly string[]): Elided {
  // A path member may hold a dot itself, so the parts are escaped before they are joined.
  const query = path.map((part) => encodeURIComponent(part).replaceAll(".", "%2E")).join(".");
  return {
    elided: true,
    bytes: utf8Length(text),
    href: href === null ? null : `${href}?path=${encodeURIComponent(query)}`,
    head: wellFormed(text.slice(0, limits.bodyPreview)),
    tail: wellFormed(text.slice(-limits.bodyPreview)),
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
    else if (code >= 0xd800 && code < 0xdc00 && at + 1 < text.length) {
      bytes += 2;
      at++;
    } else bytes += 2;
  }
  return bytes;
}
