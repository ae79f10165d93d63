import { expect, test } from "vitest";
import type { SessionsChange, SessionsView } from "../src/index.ts";
import { sessionInfo } from "./support/frames.ts";
import { firstOf, Harness } from "./support/harness.ts";

const sessions = (change: Record<string, unknown>): Record<string, unknown> => ({
  type: "sessions",
  full: false,
  sessions: [],
  removed: [],
  ...change,
});
const nextChange = (view: SessionsView): Promise<SessionsChange> => firstOf((listener) => view.subscribe(listener));

test("watch keeps a sorted list, over changes and reconnections", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const view = connection.watch();
  let peer = await harness.server.welcomed();
  await peer.next("watch");
  const [a, b, c] = ["a", "b", "c"].map((id, at) => sessionInfo({ id, lastActiveAt: at }));
  peer.send(sessions({ removed: ["a"] }), sessions({ full: true, sessions: [a, b, c] }));
  expect(await nextChange(view)).toEqual({ changed: ["a", "b", "c"], removed: [] });
  expect(view.sorted.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(view.sorted).toBe(view.sorted);

  peer.send(sessions({ sessions: [{ ...a, attention: { reason: "question" } }], removed: ["b"] }));
  expect(await nextChange(view)).toEqual({ changed: ["a"], removed: ["b"] });
  expect(view.sorted.map(({ id }) => id)).toEqual(["a", "c"]);

  peer = await harness.reconnect(connection, peer);
  expect(view.synced).toBe(false);
  expect(view.sorted).toHaveLength(2);
  await peer.next("watch");
  peer.send(sessions({ full: true, sessions: [{ ...c, status: "closed" }, b] }));
  expect(await nextChange(view)).toEqual({ changed: ["c", "b"], removed: ["a"] });
  expect(view.synced).toBe(true);
  expect(view.sorted.map(({ id }) => id)).toEqual(["b", "c"]);
});

test("watch, two views, share one subscription, which ends with the last", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const first = connection.watch();
  const peer = await harness.server.welcomed();
  await peer.next("watch");
  peer.send(sessions({ full: true, sessions: [sessionInfo()] }));
  await nextChange(first);
  const second = connection.watch();
  expect([second.synced, [...second.sessions.keys()]]).toEqual([true, ["s"]]);
  first.close();
  peer.send(sessions({ removed: ["s"] }));
  await nextChange(second);
  expect(first.sessions.size).toBe(1);
  second.close();
  second.close();
  await peer.next("unwatch");
  expect(peer.unread).toEqual([]);
});
