import { expect, test } from "vitest";
import { PiSessions } from "./pi-sessions.ts";
import type { PiSession } from "./read-summary.ts";

const session = (id: string): PiSession => ({
  id,
  file: `/pi/${id}.jsonl`,
  cwd: "/srv",
  name: null,
  preview: null,
  createdAt: 1,
  lastActiveAt: 1,
});

test("PiSessions.look: says what came, changed and went, and nothing of the files that Pier's own sessions write", async () => {
  let found = [session("a"), session("own")];
  const index = { list: async () => found, find: () => undefined, forget() {} };
  const sessions = new PiSessions({
    index,
    own: () => ["/elsewhere/own.jsonl"],
    open: () => {
      throw new Error("Nobody opens one.");
    },
  });
  expect(await sessions.look()).toBe(true);
  expect(await sessions.look()).toBe(false);
  const [a] = found as [PiSession];
  found = [a, session("own")];
  expect(await sessions.look()).toBe(false);
  found = [a, session("own"), session("b")];
  expect(await sessions.look()).toBe(true);
  found = [session("a"), ...found.slice(1)];
  expect(await sessions.look()).toBe(true);
  found = [];
  expect(await sessions.look()).toBe(true);
  expect(await sessions.look()).toBe(false);
});
