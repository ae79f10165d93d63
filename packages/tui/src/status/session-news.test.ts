import { ClientError } from "@pier/client";
import { describe, expect, test } from "vitest";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { SessionNews } from "./session-news.ts";

/** A session and all that is told of it. */
function told(session = new FakeSession()): { session: FakeSession; news: string[]; stop: () => void } {
  const news: string[] = [];
  const unit = new SessionNews(session.connection, session.attachment, {
    say: (text, tone) => news.push(`${tone}: ${text}`),
    end: (reason, failed) => news.push(`end${failed ? " badly" : ""}: ${reason}`),
    resume: (id) => `pier resume ${id.slice(0, 8)}`,
    setEditorText: (text) => news.push(`editor: ${text}`),
  });
  session.transcript.subscribe((change) => unit.update(change));
  return { session, news, stop: () => unit.stop() };
}

const exit = { code: 1, message: "No model is configured." };

describe("SessionNews", () => {
  test("pi that ended, is told once, and not again when the list changes or somebody comes back", () => {
    const { session, news } = told();
    session.info({ lastExit: exit, activity: "parked" });
    session.info({ clients: 2 });
    session.attach({ seq: 9 });
    expect(news).toEqual(["error: pi ended: No model is configured."]);
    session.info({ lastExit: exit, lastActiveAt: 5 });
    expect(news).toHaveLength(2);
  });

  test("pi that ended before, is no news", () => {
    const { session, news } = told(new FakeSession({ lastExit: exit }));
    session.info({ clients: 2 });
    expect(news).toEqual([]);
  });

  test("a session that was closed, ends with the way back", () => {
    const { session, news } = told();
    session.info({ status: "closed", activity: "closed" });
    expect(news).toEqual(["end: The session was closed. `pier resume 0123abcd` opens it again."]);
  });

  test("a session that was deleted, ends", () => {
    const { session, news } = told();
    session.transcript.end("gone", new ClientError("SESSION_NOT_FOUND", "The session was deleted."));
    expect(news).toEqual(["end: The session was deleted."]);
  });

  test("a session that may not be followed any more, ends with the reason, neutralised", () => {
    const { session, news } = told();
    session.transcript.end("detached", new ClientError("FORBIDDEN", "No\u001b[2J\nmore."));
    expect(news).toEqual(["end badly: No more."]);
  });

  test("leaving, is no end to be told", () => {
    const { session, news } = told();
    session.transcript.end("detached", null);
    expect(news).toEqual([]);
  });

  test("a connection that is closed for good, ends once", () => {
    const { session, news } = told();
    const reason = new ClientError("UNAUTHENTICATED", "The token was revoked.");
    session.connected({ status: "closed", reason });
    session.transcript.end("detached", reason);
    expect(news).toEqual(["end badly: The token was revoked."]);
  });

  test("a lost connection, is the status bar's to tell", () => {
    const { session, news } = told();
    const reason = new ClientError("CONNECTION_LOST", "gone");
    session.error(reason);
    session.connected({ status: "waiting", reason, retryAt: 0 });
    session.error(new ClientError("CONNECTION_LOST", "gone"));
    expect(news).toEqual(["error: gone"]);
  });

  test("notices of the daemon, are told when they concern this session or all", () => {
    const { session, news } = told();
    session.notice({ level: "warning", message: "for all" });
    session.notice({ level: "info", message: "for this one", session: session.transcript.session });
    session.notice({ level: "error", message: "for another one", session: "other" });
    expect(news).toEqual(["warning: for all", "info: for this one"]);
  });

  test("what extensions say, is told in its tone", () => {
    const { session, news } = told();
    session.ui({ method: "notify", message: "hi", notifyType: "info" });
    session.ui({ method: "notify", message: "careful", notifyType: "warning" });
    session.ui({ method: "notify", message: "what", notifyType: "unheard of" });
    session.ui({ method: "notify", message: 7 });
    session.ui({ method: "set_editor_text", text: "type this" });
    session.ui({ method: "something_new", text: "x" });
    expect(news).toEqual(["info: hi", "warning: careful", "info: what", "editor: type this"]);
  });

  test("what was said while nobody was here, is over", () => {
    const { session, news } = told();
    session.transcript.awaitAttached();
    session.attach({ seq: 50, mode: "replay" });
    session.ui({ method: "notify", message: "missed", seq: 20 });
    expect(news).toEqual([]);
  });

  test("after the end, nothing is told", () => {
    const { session, news, stop } = told();
    stop();
    session.notice({ level: "info", message: "x" });
    session.connected({ status: "closed", reason: new ClientError("CLOSED", "x") });
    expect(news).toEqual([]);
  });
});
