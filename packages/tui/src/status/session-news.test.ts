import { ClientError } from "@pier/client";
import { describe, expect, test } from "vitest";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { SessionNews } from "./session-news.ts";

/** A session and all that is told of it. */
function told(session = new FakeSession()): { session: FakeSession; news: string[]; stop: () => void } {
  const news: string[] = [];
  const unit = new SessionNews(session.connection, session.attachment, {
    say: (text, tone) => news.push(`${tone}: ${text}`),
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
    session.error(new ClientError("BAD_FRAME", "x"));
    expect(news).toEqual([]);
  });
});
