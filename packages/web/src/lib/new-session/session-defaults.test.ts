import type { SessionInfo } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { recentFolders } from "./recent-folders.ts";
import { defaultsFor } from "./session-defaults.ts";

function session(id: string, lastActiveAt: number, more: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id,
    cwd: "/a",
    status: "live",
    activity: "idle",
    ephemeral: false,
    demo: false,
    origin: "pier",
    renderMarkdown: true,
    clients: 0,
    createdAt: 0,
    lastActiveAt,
    ...more,
  };
}

const haiku = session("1", 1, { provider: "p", model: "haiku", thinkingLevel: "low" });
const opus = session("2", 2, { provider: "p", model: "opus", thinkingLevel: "high" });

describe("defaultsFor", () => {
  test("a folder without sessions or settings: everything is left to pi", () => {
    expect(defaultsFor("/b", [haiku], null)).toEqual({ model: null, thinking: null, place: "shared", setup: null });
  });

  test("as the last session in that folder had it", () => {
    expect(defaultsFor("/a", [haiku, opus], null)).toMatchObject({
      model: { provider: "p", id: "opus" },
      thinking: "high",
    });
  });

  test("the folder's settings come before the last session", () => {
    const config = {
      session: { provider: "q", model: "m", thinking_level: "off" },
      workspace: { mode: "worktree" },
      setup: { command: "npm ci" },
    } as const;
    expect(defaultsFor("/a", [opus], config)).toEqual({
      model: { provider: "q", id: "m" },
      thinking: "off",
      place: "worktree",
      setup: "npm ci",
    });
  });

  test("a new one like another resembles that one", () => {
    expect(defaultsFor("/a", [haiku, opus], { session: { provider: "q", model: "m" } }, haiku)).toMatchObject({
      model: { provider: "p", id: "haiku" },
      thinking: "low",
    });
  });

  test("the demo model is no choice: it answers where there is no other", () => {
    expect(defaultsFor("/a", [{ ...opus, demo: true }], null).model).toBeNull();
  });
});

test("recentFolders: latest first, each once, a worktree counts as its repository", () => {
  const worktree = { path: "/w", branch: "w", base: "main", repository: "/a" };
  const sessions = [haiku, session("3", 9, { cwd: "/w", worktree }), session("4", 5, { cwd: "/c" }), opus];
  expect(recentFolders(sessions, 5)).toEqual(["/a", "/c"]);
});
