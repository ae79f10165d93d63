import type { SessionInfo } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { arrange } from "./arrange.ts";

const base = {
  status: "live",
  activity: "idle",
  ephemeral: false,
  demo: false,
  origin: "pier",
  renderMarkdown: true,
  clients: 0,
  createdAt: 0,
  cwd: "/a",
} as const;

function session(id: string, lastActiveAt: number, more: Partial<SessionInfo> = {}): SessionInfo {
  return { ...base, id, lastActiveAt, ...more };
}

describe("arrange", () => {
  test("needs: questions, then errors, then what finished, each newest first; none of them in a group", () => {
    const sessions = [
      session("finished", 9, { attention: { reason: "finished" } }),
      session("old question", 1, { attention: { reason: "question" } }),
      session("new question", 2, { attention: { reason: "question" } }),
      session("error", 5, { attention: { reason: "error" } }),
      session("idle", 3),
    ];
    expect(arrange(sessions)).toEqual({
      needs: ["new question", "old question", "error", "finished"],
      groups: [{ folder: "/a", ids: ["idle"] }],
    });
  });

  test("groups and rows, newest activity first; closed sessions are none of them", () => {
    const sessions = [
      session("a1", 1),
      session("b", 5, { cwd: "/b" }),
      session("a2", 7),
      session("c", 9, { status: "closed" }),
    ];
    expect(arrange(sessions).groups).toEqual([
      { folder: "/a", ids: ["a2", "a1"] },
      { folder: "/b", ids: ["b"] },
    ]);
  });

  test("a session in a worktree of its own stands with its repository", () => {
    const worktree = { path: "/w/x", branch: "x", base: "main", repository: "/a" };
    expect(arrange([session("x", 1, { cwd: "/w/x", worktree }), session("y", 2)]).groups).toEqual([
      { folder: "/a", ids: ["y", "x"] },
    ]);
  });

  test("sessions that work keep their order whatever they say", () => {
    const [a, b] = [session("a", 5, { activity: "running", createdAt: 1 }), session("b", 4, { activity: "running" })];
    expect(arrange([a, b]).groups[0]?.ids).toEqual(["a", "b"]);
    expect(arrange([a, { ...b, lastActiveAt: 6 }]).groups[0]?.ids).toEqual(["a", "b"]);
  });

  test("held: nothing moves, what is gone goes, what is new comes last", () => {
    const before = [session("a1", 5), session("a2", 4), session("b", 3, { cwd: "/b" })];
    const held = arrange(before);
    const after = [
      session("a2", 9, { attention: { reason: "question" } }),
      session("b", 8, { cwd: "/b" }),
      session("a3", 10),
      session("c", 11, { cwd: "/c" }),
    ];
    expect(arrange(after, held)).toEqual({
      needs: [],
      groups: [
        { folder: "/a", ids: ["a2", "a3"] },
        { folder: "/b", ids: ["b"] },
        { folder: "/c", ids: ["c"] },
      ],
    });
  });
});
