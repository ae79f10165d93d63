import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test, vi } from "vitest";
import { savedPrompts } from "../../src/agent/saved-prompts.ts";
import { SessionFileItems } from "../../src/agent/session-file-items.ts";
import { sessionFiles } from "../../src/agent/session-files.ts";
import { pathItems } from "../session/support/memory-files.ts";

const reads = vi.hoisted(() => ({ bytes: 0 }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readSync = (...args: Parameters<typeof fs.readSync>): number => {
    const count = fs.readSync(...args);
    reads.bytes += count;
    return count;
  };
  return { ...fs, readSync };
});

const folder = mkdtempSync(join(tmpdir(), "pier-items-"));
const file = join(folder, "session.jsonl");
afterAll(() => rmSync(folder, { recursive: true }));

const kind = fc.constantFrom(
  "message",
  "message",
  "message",
  "system",
  "hidden",
  "model_change",
  "compaction",
  "custom_message",
  "unknown",
);
const entry = fc.record({
  kind,
  /** How many entries back the parent is; 0 for none. */
  back: fc.constantFrom(1, 1, 1, 1, 2, 3, 0),
  size: fc.oneof({ weight: 5, arbitrary: fc.nat(40) }, fc.integer({ min: 100, max: 3_000 })),
  garbage: fc.constantFrom("", "", "", "", "nonsense", "{", "null", "\r"),
  feed: fc.constantFrom("\n", "\n", "\n", "\r\n"),
});

function line(
  { kind: what, size }: { kind: string; size: number },
  id: string | null,
  parentId: string | null,
): string {
  const ids = id === null ? {} : { id, parentId };
  const text = "ö".repeat(size);
  const message = (role: string, rest: object = {}) => ({
    type: "message",
    ...ids,
    message: { role, content: text, ...rest },
  });
  switch (what) {
    case "message":
      return JSON.stringify(message("user"));
    case "system":
      return JSON.stringify(message("system"));
    case "hidden":
      return JSON.stringify({ type: "custom_message", ...ids, content: text, display: false });
    default:
      return JSON.stringify({ type: what, ...ids, text });
  }
}

/** A session file: a tree of entries, with what does not belong between them. */
const sessionText = fc
  .record({ entries: fc.array(entry, { maxLength: 25 }), hasIds: fc.boolean(), torn: fc.nat(30) })
  .map(({ entries, hasIds, torn }) => {
    const lines = ['{"type":"session","version":3,"id":"s"}\n'];
    for (const [at, one] of entries.entries()) {
      if (one.garbage !== "") lines.push(`${one.garbage}\n`);
      const parent = one.back === 0 || at - one.back < 0 ? null : `e${at - one.back}`;
      lines.push(line(one, hasIds ? `e${at}` : null, parent) + one.feed);
    }
    return lines.join("").slice(0, torn === 0 ? undefined : -torn);
  });

test("SessionFileItems, any tree of entries and any chunk, gives the items of a parse of the whole", () => {
  fc.assert(
    fc.property(sessionText, fc.constantFrom(1, 7, 64, 1_000, 100_000), fc.nat(40), (text, chunk, first) => {
      writeFileSync(file, text);
      const bytes = Buffer.from(text);
      const wanted = pathItems(bytes);
      const items = new SessionFileItems(file, bytes.length, chunk);
      // From anywhere, in any order.
      expect(items.fromEnd(first)).toEqual(wanted[wanted.length - 1 - first]);
      for (const [at, item] of wanted.entries()) expect(items.indexOf(item.start)).toBe(wanted.length - 1 - at);
      expect(wanted.map((_, at) => items.fromEnd(wanted.length - 1 - at))).toEqual(wanted);
      expect(items.fromEnd(wanted.length)).toBeUndefined();
      expect(items.indexOf(3)).toBe(-1);
    }),
    { numRuns: 200 },
  );
});

test("SessionFileItems, the last items of a long file, reads its end alone", () => {
  const lines = Array.from({ length: 20_000 }, (_, at) =>
    line({ kind: "message", size: 50 }, `e${at}`, at === 0 ? null : `e${at - 1}`),
  );
  const text = `{"type":"session","version":3}\n${lines.join("\n")}\n`;
  writeFileSync(file, text);
  const items = new SessionFileItems(file, Buffer.byteLength(text), 4096);
  reads.bytes = 0;
  for (let at = 0; at < 20; at++) expect(items.fromEnd(at)).toBeDefined();
  expect(reads.bytes).toBeGreaterThan(0);
  expect(reads.bytes).toBeLessThanOrEqual(2 * 4096);
  expect(items.fromEnd(19_999)).toBeDefined();
  expect(reads.bytes).toBeLessThanOrEqual(Buffer.byteLength(text));
});

test("SessionFileItems, a line of many chunks, is read a few times its size at most", () => {
  const text = `${line({ kind: "message", size: 10 }, "a", null)}\n${line({ kind: "message", size: 500_000 }, "b", "a")}\n`;
  writeFileSync(file, text);
  reads.bytes = 0;
  const items = new SessionFileItems(file, Buffer.byteLength(text), 1024);
  expect(items.fromEnd(1)).toEqual({ source: "file", start: 0, end: text.indexOf("\n") + 10 });
  expect(reads.bytes).toBeLessThanOrEqual(Buffer.byteLength(text));
});

test("SessionFileItems, a file that is removed or cut off meanwhile, ends there and does not throw", () => {
  const text = `${line({ kind: "message", size: 3_000 }, "a", null)}\n${line({ kind: "message", size: 10 }, "b", "a")}\n`;
  writeFileSync(file, text);
  const items = new SessionFileItems(file, Buffer.byteLength(text), 64);
  const last = items.fromEnd(0);
  truncateSync(file, 10);
  expect(items.fromEnd(1)).toBeUndefined();
  expect(sessionFiles.read(file, last?.start ?? 0, last?.end ?? 0)).toEqual({
    text: expect.stringContaining("unreadable"),
  });
  rmSync(file);
  expect(sessionFiles.read(file, last?.start ?? 0, last?.end ?? 0)).toEqual({
    text: expect.stringContaining("unreadable"),
  });
  expect(new SessionFileItems(file, 100).fromEnd(0)).toBeUndefined();
  expect(sessionFiles.problem(file)).toContain("is gone");
});

test("savedPrompts, gives the user's messages since a moment and reads no further back", () => {
  const at = (ms: number, role: string, content: unknown): string =>
    JSON.stringify({
      type: "message",
      id: `e${ms}`,
      timestamp: new Date(ms).toISOString(),
      message: { role, content, timestamp: ms },
    });
  const old = Array.from({ length: 5_000 }, (_, ms) => at(ms + 1, "user", "old".repeat(100)));
  const image = { type: "image", data: "x", mimeType: "image/png" };
  const lines = [
    ...old,
    at(10_000, "user", [{ type: "text", text: "continue" }, image]),
    at(10_001, "assistant", [{ type: "text", text: "continue" }]),
    "torn {",
    at(10_002, "user", "plain"),
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  reads.bytes = 0;
  expect(savedPrompts(file, 10_000)).toEqual([
    { texts: ["continue"], timestamp: 10_000 },
    { texts: ["plain"], timestamp: 10_002 },
  ]);
  expect(reads.bytes).toBeLessThanOrEqual(256 * 1024);
  expect(savedPrompts(file, 10_001)).toHaveLength(1);
  expect(savedPrompts(join(folder, "none.jsonl"), 0)).toEqual([]);
});
