import type { SessionInfo } from "@pier/protocol";
import { expect, test } from "vitest";
import { byActivity, selectSessions } from "./select-sessions.ts";

function session(id: string, parts: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id,
    cwd: "/srv",
    status: "live",
    activity: "idle",
    ephemeral: false,
    demo: false,
    origin: "pier",
    renderMarkdown: true,
    clients: 0,
    createdAt: 0,
    lastActiveAt: 0,
    ...parts,
  };
}

const all = [
  session("a", { name: "Fix the Cart", preview: "All tests pass." }),
  session("b", { cwd: "/home/ada/Cart", status: "closed" }),
  session("c", { preview: "the cart is empty" }),
];

function found(query: string): string[] {
  return selectSessions(all, { query }).sessions.map(({ id }) => id);
}

test("selectSessions: every word has to stand in name, folder or last line, whatever its case", () => {
  expect(found("cart")).toEqual(["a", "b", "c"]);
  expect(found("  TESTS   fix ")).toEqual(["a"]);
  expect(found("ada cart")).toEqual(["b"]);
  expect(found("empty pass")).toEqual([]);
  expect(found(".*")).toEqual([]);
});

test("selectSessions: without a query all; status and page narrow what is shown, the total counts what fits", () => {
  expect(selectSessions(all, {})).toEqual({ sessions: all, total: 3 });
  expect(selectSessions(all, { status: "live", limit: 1, offset: 1 })).toEqual({ sessions: [all[2]], total: 2 });
  expect(selectSessions(all, { query: " ", offset: 3 })).toEqual({ sessions: [], total: 3 });
});

test("selectSessions: of one origin only", () => {
  const mixed = [...all, session("d", { origin: "pi", status: "closed" })];
  expect(selectSessions(mixed, { origin: "pi" })).toEqual({ sessions: [mixed[3]], total: 1 });
  expect(selectSessions(mixed, { origin: "pier", status: "closed" }).total).toBe(1);
});

test("byActivity: the last active session stands first", () => {
  const [old, recent] = [session("old"), session("recent", { lastActiveAt: 5 })];
  expect(byActivity([old, recent])).toEqual([recent, old]);
});
