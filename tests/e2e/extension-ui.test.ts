import type { Change } from "@pier/client";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import {
  attachTo,
  connectTo,
  dialog,
  messagesOf,
  openSession,
  play,
  settled,
  textsOf,
  until,
  untilListed,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo] });
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

/** Collects requests that matter only in their moment. */
function notices(session: Session): Record<string, unknown>[] {
  const seen: Record<string, unknown>[] = [];
  session.subscribe((change: Change) => {
    if (change.kind === "notice") seen.push(change.request);
  });
  return seen;
}

test("setTitle, setWidget, setStatus: shown to every client, whenever it comes", async () => {
  const session = await openSession(daemon);
  const { ui } = session.transcript;
  await until(session, "the status", () => session.transcript.ui.statuses.size > 0);
  expect(ui.title).toBe("pi RPC Demo");
  expect(ui.widgets.get("rpc-demo")).toEqual({
    lines: ["--- RPC Extension UI Demo ---", "Loaded and ready."],
    placement: "aboveEditor",
  });
  await play(session, [{ text: "A turn." }]);
  await until(session, "the new status", () => session.transcript.ui.statuses.get("rpc-demo") === "Turn 1 done");
  const late = await attachTo(daemon, session.session);
  expect(late.transcript.ui.title).toBe("pi RPC Demo");
  expect([...late.transcript.ui.statuses]).toEqual([["rpc-demo", "Turn 1 done"]]);
  expect([...late.transcript.ui.widgets]).toEqual([...session.transcript.ui.widgets]);
});

test("select: shown to all, the first answer wins and closes it everywhere; notify follows", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const seen = notices(second);
  await session.prompt(
    script([
      { tool: "bash", args: { command: "echo sudo-like; sudo -V > /dev/null 2>&1; echo ran" } },
      { text: "Done." },
    ]),
  );
  const asked = await dialog(session, "select");
  expect(asked).toMatchObject({ options: ["Allow", "Block"] });
  const asked2 = await dialog(second, "select");
  expect(asked2.id).toBe(asked.id);
  expect(second.answer(asked.id, { value: "Allow" })).toBe(true);
  await settled(session);
  expect(session.transcript.ui.dialogs.size).toBe(0);
  expect(session.answer(asked.id, { value: "Block" })).toBe(false);
  expect(textsOf(messagesOf(session), "toolResult")[0]).toContain("ran");
  await until(second, "the news", () => seen.some(({ message }) => message === "Command allowed"));
  expect(seen).toContainEqual(expect.objectContaining({ method: "notify", message: "Command allowed" }));
});

test("select answered with Block: the tool does not run", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ tool: "bash", args: { command: "sudo true" } }, { text: "Done." }]));
  session.answer((await dialog(session, "select")).id, { value: "Block" });
  await settled(session);
  expect(textsOf(messagesOf(session), "toolResult")[0]).toContain("Blocked by user");
});

test("input: the answer reaches the extension, a cancelled one too", async () => {
  const session = await openSession(daemon);
  const seen = notices(session);
  const done = session.prompt("/rpc-input");
  const asked = await dialog(session, "input");
  expect(asked).toMatchObject({ title: "Enter a value", placeholder: "type something..." });
  session.answer(asked.id, { value: "forty\u2028two" });
  await done;
  expect(seen.map(({ message }) => message)).toEqual(["You entered: forty\u2028two"]);
  const again = session.prompt("/rpc-input");
  session.answer((await dialog(session, "input")).id, { cancelled: true });
  await again;
  expect(seen.map(({ message }) => message).at(-1)).toBe("Input cancelled");
});

test("editor: has its prefill, and its text comes back in lines", async () => {
  const session = await openSession(daemon);
  const seen = notices(session);
  const done = session.prompt("/rpc-editor");
  const asked = await dialog(session, "editor");
  expect(asked).toMatchObject({ prefill: "Line 1\nLine 2\nLine 3" });
  session.answer(asked.id, { value: "a\nb" });
  await done;
  expect(seen.map(({ message }) => message)).toEqual(["Editor submitted (2 lines)"]);
});

test("set_editor_text and notify: reach every client in their moment", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const seen = [notices(session), notices(second)];
  await session.prompt("/rpc-prefill");
  await until(second, "both requests", () => seen[1]?.length === 2);
  for (const requests of seen) {
    expect(requests).toMatchObject([
      { method: "set_editor_text", text: "This text was set by the rpc-demo extension." },
      { method: "notify" },
    ]);
  }
});

test("confirm: declined it keeps the conversation, accepted it begins a new one", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Before." }]);
  const declined = session.newSession();
  session.answer((await dialog(session, "confirm")).id, { confirmed: false });
  expect(await declined).toMatchObject({ cancelled: true });
  expect(messagesOf(session)).toHaveLength(2);
  const accepted = session.newSession();
  session.answer((await dialog(session, "confirm")).id, { confirmed: true });
  expect(await accepted).toMatchObject({ cancelled: false });
  await until(
    session,
    "an empty transcript",
    () => session.transcript.status === "live" && session.transcript.items.length === 0,
  );
});

test("a dialog raised while nobody is attached: whoever comes next sees it, and the list asks for attention", async () => {
  const session = await openSession(daemon);
  const { session: id } = session;
  const watch = connectTo(daemon).watch();
  const done = session.prompt("/rpc-input");
  done.catch(() => {});
  await dialog(session, "input");
  session.detach();
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "question");
  expect(watch.sessions.get(id)?.attention?.text).toBe("Enter a value");
  const next = await attachTo(daemon, id);
  const asked = await dialog(next, "input");
  next.answer(asked.id, { value: "late" });
  await until(next, "the dialog's end", () => next.transcript.ui.dialogs.size === 0);
  await untilListed(watch, "no attention", () => watch.sessions.get(id)?.attention === undefined);
});

test("a dialog open while the daemon is killed: it is still there and can be answered", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ tool: "bash", args: { command: "sudo true" } }, { text: "Asked." }]));
  const asked = await dialog(session, "select");
  await daemon.kill();
  await daemon.start();
  const next = await attachTo(daemon, session.session);
  expect((await dialog(next, "select")).id).toBe(asked.id);
  next.answer(asked.id, { value: "Block" });
  await Promise.all([settled(next), settled(session)]);
  expect(messagesOf(session)).toEqual(messagesOf(next));
});
