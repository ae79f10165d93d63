import type { SessionInfo } from "@pier/protocol";
import { expect, test } from "vitest";
import { newsOf } from "./news.ts";

function session(change: Partial<SessionInfo>): SessionInfo {
  return {
    id: "a",
    cwd: "/",
    status: "live",
    activity: "idle",
    ephemeral: false,
    demo: false,
    origin: "pier",
    renderMarkdown: true,
    clients: 0,
    createdAt: 1,
    lastActiveAt: 1,
    ...change,
  };
}

const finished = { attention: { reason: "finished" } } as const;

test("newsOf, a turn that ends unseen, is news once; the next one is again", () => {
  const first = newsOf([session(finished)], new Map());
  expect(first.fresh.map(({ id }) => id)).toEqual(["a"]);
  expect(newsOf([session({ ...finished, name: "renamed" })], first.called).fresh).toEqual([]);
  expect(newsOf([session({ ...finished, lastActiveAt: 2 })], first.called).fresh).toHaveLength(1);
});

test("newsOf, what was read, is over and news when it comes again", () => {
  const first = newsOf([session(finished)], new Map());
  const read = newsOf([session({})], first.called);
  expect([read.fresh, read.over]).toEqual([[], ["a"]]);
  expect(newsOf([session(finished)], read.called).fresh).toHaveLength(1);
});

test("newsOf, a question, is news by its words, however active the session is beside it", () => {
  const asks = (text: string, lastActiveAt: number): SessionInfo[] => [
    session({ attention: { reason: "question", text }, activity: "running", lastActiveAt }),
  ];
  const first = newsOf(asks("Sure?", 1), new Map());
  expect(first.fresh).toHaveLength(1);
  expect(newsOf(asks("Sure?", 2), first.called).fresh).toEqual([]);
  expect(newsOf(asks("Really?", 2), first.called).fresh).toHaveLength(1);
});

test("newsOf, an error, is no news while pi tries again", () => {
  const failed = { attention: { reason: "error", text: "overloaded" } } as const;
  const tries = newsOf([session({ ...failed, activity: "running" })], new Map());
  expect(tries.fresh).toEqual([]);
  expect(newsOf([session(failed)], tries.called).fresh).toHaveLength(1);
});

test("newsOf, a closed session, needs nobody", () => {
  expect(newsOf([session({ ...finished, status: "closed" })], new Map()).fresh).toEqual([]);
});
