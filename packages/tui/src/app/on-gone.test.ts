import { ClientError } from "@pier/client";
import { describe, expect, test } from "vitest";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { type GoneEnd, onGone } from "./on-gone.ts";

function followed(session = new FakeSession()): { session: FakeSession; ends: GoneEnd[]; stop: () => void } {
  const ends: GoneEnd[] = [];
  return { session, ends, stop: onGone(session, (end) => ends.push(end)) };
}

describe("onGone", () => {
  test("of a session that was closed, says that it can be opened again", () => {
    const { session, ends } = followed();
    session.info({ status: "closed", activity: "closed" });
    expect(ends).toEqual([{ reason: "The session was closed.", failed: false, closed: true }]);
  });

  test("of a session that was closed before, says so at once", () => {
    expect(followed(new FakeSession({ status: "closed", activity: "closed" })).ends).toHaveLength(1);
  });

  test("of a session that was deleted, says so", () => {
    const { session, ends } = followed();
    session.transcript.end("gone", new ClientError("SESSION_NOT_FOUND", "The session was deleted."));
    expect(ends).toEqual([{ reason: "The session was deleted.", failed: false }]);
  });

  test("of a session that may not be followed any more, gives the reason, neutralised", () => {
    const { session, ends } = followed();
    session.transcript.end("detached", new ClientError("FORBIDDEN", "No\u001b[2J\nmore."));
    expect(ends).toEqual([{ reason: "No more.", failed: true }]);
  });

  test("of one's own leaving, says nothing", () => {
    const { session, ends } = followed();
    session.transcript.end("detached", null);
    expect(ends).toEqual([]);
  });

  test("of a connection that is closed for good, gives its reason", () => {
    const { session, ends } = followed();
    session.connected({ status: "closed", reason: new ClientError("UNAUTHENTICATED", "The token was revoked.") });
    expect(ends).toEqual([{ reason: "The token was revoked.", failed: true }]);
  });

  test("of a lost connection, and after it was ended, says nothing", () => {
    const { session, ends, stop } = followed();
    session.connected({ status: "waiting", reason: new ClientError("CONNECTION_LOST", "gone"), retryAt: 0 });
    stop();
    session.info({ status: "closed", activity: "closed" });
    expect(ends).toEqual([]);
  });
});
