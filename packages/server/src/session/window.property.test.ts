import { limits } from "@pier/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { limits as serverLimits } from "../limits.ts";
import { bodyAt, elide, utf8Length } from "./elide.ts";
import { type Item, ItemIndex, itemKey } from "./item-index.ts";
import { cutPage } from "./window.ts";

/** Strings around the limit, of characters of one to four bytes, and halves of pairs. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 50 }),
  fc.string({ unit: "binary", maxLength: 50 }),
  fc
    .tuple(fc.constantFrom("a", "é", "漢", "😀", "\\", "\u2028", "\ud83d"), fc.integer({ min: 1, max: 12_000 }))
    .map(([unit, count]) => unit.repeat(count)),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom(null, true, 1.5),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("a.b", "__proto__", "é", "%2E")),
      tie("value"),
      {
        maxKeys: 5,
      },
    ),
  ),
})).value;
const message = fc.record({ role: fc.constantFrom("user", "assistant", "toolResult"), content: value, details: value });

/** Items of both sources, as after a trim or a restart. */
function indexOf(messages: readonly object[], fromFile: number): { index: ItemIndex; items: Item[] } {
  const items = messages.map((_, at): Item => {
    const isOld = at < fromFile;
    return { source: isOld ? "file" : "journal", start: at * 10, end: at * 10 + 9 };
  });
  const old = items.filter((item) => item.source === "file");
  const index = new ItemIndex();
  index.rebase(
    {
      fromEnd: (at) => old[old.length - 1 - at],
      indexOf: (start) => old.findLastIndex((item) => item.start === start),
    },
    0,
  );
  for (const item of items.slice(old.length)) index.append(item);
  return { index, items };
}

test("cutPage, any messages and any budget, pages joined backwards give every message once, in bounded pages", () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 12 }),
      fc.nat(12),
      fc.option(
        fc.record({ bytes: fc.integer({ min: 1024, max: 100_000 }), messages: fc.integer({ min: 1, max: 20 }) }),
        {
          nil: undefined,
        },
      ),
      (messages, fromFile, window) => {
        const { index, items } = indexOf(messages, fromFile);
        const read = (item: Item) => {
          const found = messages[item.start / 10] as { role: string };
          return { text: JSON.stringify(found), message: () => found };
        };
        const keys: string[] = [];
        for (let skip = 0, more = true; more; skip = keys.length) {
          const page = cutPage(index, { session: "s", skip, window, read });
          const bytes = page.items.reduce((sum, item) => sum + utf8Length(item), 0);
          const largest = serverLimits.item * 1.5;
          expect(bytes).toBeLessThanOrEqual(page.items.length === 1 ? largest : (window?.bytes ?? limits.window));
          expect(page.items.length).toBeLessThanOrEqual(window?.messages ?? limits.windowMessages);
          const pageKeys = page.items.map((item) => (JSON.parse(item) as { key: string }).key);
          keys.unshift(...pageKeys);
          more = page.before !== undefined;
          expect(page.before).toBe(more ? pageKeys[0] : undefined);
          if (page.items.length === 0) break;
        }
        expect(keys).toEqual(items.map(itemKey));
      },
    ),
    { numRuns: 200 },
  );
});

interface Found {
  elided: true;
  href: string;
  bytes: number;
  head: string;
  tail: string;
}

/** Every elided string of a value, with the path that its address names. */
function elidedIn(part: unknown): { path: string[]; found: Found }[] {
  if (typeof part !== "object" || part === null) return [];
  const { elided, href } = part as Partial<Found>;
  if (elided !== true || href === undefined) return Object.values(part).flatMap(elidedIn);
  const query = new URL(href, "http://pier/").searchParams.get("path") ?? "";
  return [{ path: query.split(".").map(decodeURIComponent), found: part as Found }];
}

test("elide, any value, leaves no large string and each address leads to the exact whole", () => {
  fc.assert(
    fc.property(message, (whole) => {
      const cut = elide(whole, "api/sessions/s/bodies/j1");
      const found = elidedIn(cut);
      for (const { path, found: one } of found) {
        const body = bodyAt(whole, path);
        expect(body).toBeTypeOf("string");
        expect(body?.length).toBeGreaterThan(limits.body);
        expect(one.bytes).toBe(Buffer.byteLength(body as string));
        expect(body).toContain(one.head);
        expect(body).toContain(one.tail);
      }
      const isLarge = (part: unknown): boolean =>
        typeof part === "string"
          ? part.length > limits.body
          : typeof part === "object" && part !== null && Object.values(part).some(isLarge);
      expect(isLarge(cut)).toBe(false);
      expect(isLarge(whole) ? whole : cut).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

test("utf8Length, any string, is what UTF-8 takes", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (one) => utf8Length(one) === Buffer.byteLength(one)));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe010 })), (codes) => {
      const one = String.fromCharCode(...codes);
      return utf8Length(one) === Buffer.byteLength(one);
    }),
  );
});

test.each([
  ["many strings", { role: "toolResult", content: [], details: Array.from({ length: 20_000 }, () => "x".repeat(400)) }],
  [
    "many large strings",
    { role: "toolResult", content: [], details: Array.from({ length: 5_000 }, () => "x".repeat(9_000)) },
  ],
  ["many numbers", { role: "toolResult", content: [], details: Array.from({ length: 400_000 }, (_, at) => at) }],
  ["a large key", { role: "toolResult", content: [], details: { ["k".repeat(1_000_000)]: 1 } }],
  [
    "many blocks",
    { role: "assistant", content: Array.from({ length: 9_000 }, () => ({ type: "text", text: "hello" })) },
  ],
])("cutPage, a message of %s, keeps to its bound, its role and its shape", (_, large) => {
  const { index } = indexOf([large], 0);
  const page = cutPage(index, {
    session: "s",
    skip: 0,
    window: undefined,
    read: () => ({ text: JSON.stringify(large), message: () => large }),
  });
  expect(utf8Length(page.items[0] as string)).toBeLessThanOrEqual(serverLimits.item * 1.5);
  const { message: shown } = JSON.parse(page.items[0] as string) as { message: { role: string; content: unknown[] } };
  expect(shown.role).toBe(large.role);
  expect(shown.content).toBeInstanceOf(Array);
});

test.each(["[", '{"a":'])("elide, %s nested without end, does not exhaust the stack", (open) => {
  const deep: unknown = JSON.parse(open.repeat(50_000) + "1" + (open === "[" ? "]" : "}").repeat(50_000));
  expect(() => JSON.stringify(elide(deep, "x"))).not.toThrow();
});
