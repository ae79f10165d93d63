import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { normalMessages } from "../harness/normal.ts";
import {
  attachTo,
  connectTo,
  messagesOf,
  openSession,
  play,
  restOf,
  textOf,
  textsOf,
  until,
  untilListed,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("eight sessions in different folders at once: each works in its own, and none sees another's words", async () => {
  const sessions = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const folder = join(daemon.folder, `folder-${index}`);
      mkdirSync(folder);
      return openSession(daemon, { working_dir: folder });
    }),
  );
  await Promise.all(
    sessions.map((session, index) =>
      play(session, [
        { tool: "write", args: { path: "mine.txt", content: `content ${index}` } },
        { turn: true },
        { tool: "bash", args: { command: "pwd" } },
        { tokens: 100 },
        { text: ` number ${index}` },
      ]),
    ),
  );
  for (const [index, session] of sessions.entries()) {
    expect(readFileSync(join(daemon.folder, `folder-${index}`, "mine.txt"), "utf8")).toBe(`content ${index}`);
    expect(textsOf(messagesOf(session), "toolResult")[1]?.trim()).toBe(join(daemon.folder, `folder-${index}`));
    expect(textOf(messagesOf(session).at(-1))).toMatch(new RegExp(`number ${index}$`));
  }
  await Promise.all(sessions.map(({ session }) => restOf(daemon).kill(session)));
});

test("watch: a session's creation, work, end and resumption show in the list", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon, { name: "watched" });
  const { session: id } = session;
  await untilListed(watch, "the session", () => watch.sessions.get(id)?.activity === "idle");
  expect(watch.sessions.get(id)).toMatchObject({
    name: "watched",
    cwd: daemon.folder,
    status: "live",
    ephemeral: false,
  });
  await session.prompt(script([{ text: "Working" }, { gate: "work" }]));
  await untilListed(watch, "work", () => watch.sessions.get(id)?.activity === "running");
  daemon.model.gates.open("work");
  await untilListed(
    watch,
    "the end of work",
    () => watch.sessions.get(id)?.activity === "idle" && watch.sessions.get(id)?.preview === "Working",
  );
  const { pid } = watch.sessions.get(id) ?? {};
  await restOf(daemon).kill(id);
  await untilListed(watch, "a closed session", () => watch.sessions.get(id)?.activity === "closed");
  expect(() => process.kill(pid as number, 0)).toThrow("ESRCH");
  expect(watch.sessions.get(id)?.lastExit).toBeUndefined();
});

test("attention: finished when a turn ends while nobody is there, until somebody comes", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon);
  const { session: id } = session;
  await session.prompt(script([{ text: "Now alone." }, { gate: "alone" }]));
  await untilListed(watch, "one", () => watch.sessions.get(id)?.clients === 1);
  session.detach();
  await untilListed(watch, "nobody", () => watch.sessions.get(id)?.clients === 0);
  daemon.model.gates.open("alone");
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "finished");
  await attachTo(daemon, id);
  await untilListed(watch, "no attention", () => watch.sessions.get(id)?.attention === undefined);
});

test("attention: a turn that ends before attached clients of which none is looked at, is unread until one is", async () => {
  const watch = connectTo(daemon).watch();
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder });
  const [laptop, phone] = [await attachTo(daemon, id), await attachTo(daemon, id, { looking: false })];
  const both = async (what: string, reason: string | undefined): Promise<void> => {
    for (const client of [laptop, phone])
      await until(client, what, () => client.transcript.info?.attention?.reason === reason);
  };
  await play(laptop, [{ text: "Seen." }]);
  expect(watch.sessions.get(id)?.attention).toBeUndefined();
  laptop.look(false);
  await play(laptop, [{ text: "Unseen." }]);
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "finished");
  await both("attention", "finished");
  phone.look(true);
  await untilListed(watch, "no attention", () => watch.sessions.get(id)?.attention === undefined);
  await both("no attention", undefined);
});

test("attention: who looked and left, looks no more", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon);
  const { session: id } = session;
  const stays = await attachTo(daemon, id, { looking: false });
  await session.prompt(script([{ text: "Now alone." }, { gate: "left" }]));
  await untilListed(watch, "both", () => watch.sessions.get(id)?.clients === 2);
  session.detach();
  await untilListed(watch, "one", () => watch.sessions.get(id)?.clients === 1);
  daemon.model.gates.open("left");
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "finished");
  stays.detach();
});

test("mark as read: the attention of an error ends for everybody, a question stays", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon);
  const { session: id } = session;
  await session.prompt(script([{ http: 400, message: "gone wrong" }]));
  await untilListed(watch, "attention", () => watch.sessions.get(id)?.attention?.reason === "error");
  expect((await restOf(daemon).markRead(id)).attention).toBeNull();
  await untilListed(watch, "no attention", () => watch.sessions.get(id)?.attention === undefined);
  await until(session, "no attention", () => session.transcript.info?.attention === undefined);
  await expect(restOf(daemon).markRead("nobody")).rejects.toMatchObject({ status: 404, code: "SESSION_NOT_FOUND" });
});

test("render_markdown: kept over a restart of the daemon, and told to who watches and who is attached", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon);
  const { session: id } = session;
  await untilListed(watch, "the session", () => watch.sessions.get(id)?.renderMarkdown === true);
  expect(await restOf(daemon).update(id, { render_markdown: false })).toMatchObject({
    render_markdown: false,
    name: null,
  });
  await untilListed(watch, "the change", () => watch.sessions.get(id)?.renderMarkdown === false);
  await until(session, "the change", () => session.transcript.info?.renderMarkdown === false);
  await daemon.kill();
  await daemon.start();
  expect(await restOf(daemon).get(id)).toMatchObject({ render_markdown: false });
});

test("the list by words and page", async () => {
  const made = await Promise.all(
    ["alpha one", "alpha two", "Alpha Three"].map((name) => openSession(daemon, { name })),
  );
  await restOf(daemon).kill(made[0]?.session as string);
  const names = async (query: Parameters<ReturnType<typeof restOf>["listPage"]>[0]): Promise<unknown> => {
    const { sessions, total } = await restOf(daemon).listPage(query);
    return { names: sessions.map(({ name }) => String(name)).toSorted((a, b) => a.localeCompare(b)), total };
  };
  expect(await names({ query: "alpha" })).toEqual({ names: ["alpha one", "Alpha Three", "alpha two"], total: 3 });
  expect(await names({ query: "t alpha", status: "live" })).toEqual({ names: ["Alpha Three", "alpha two"], total: 2 });
  expect(await names({ query: "alpha", status: "closed" })).toEqual({ names: ["alpha one"], total: 1 });
  expect(await restOf(daemon).listPage({ query: "alpha", limit: 2, offset: 2 })).toMatchObject({
    total: 3,
    sessions: { length: 1 },
  });
});

test("kill and resume: the transcript is the same, a killed session refuses prompts, a resumed one takes them", async () => {
  const session = await openSession(daemon);
  await play(session, [
    { think: "T." },
    { text: "Kept." },
    { tool: "bash", args: { command: "echo kept" } },
    { text: "End." },
  ]);
  await session.bash("echo direct");
  // Of a direct command pi tells the time only in its file.
  const before = normalMessages(session);
  await restOf(daemon).kill(session.session);
  await until(
    session,
    "a closed session",
    () => session.transcript.info?.status === "closed" && session.transcript.caughtUp,
  );
  expect(normalMessages(session)).toEqual(before);
  await expect(session.prompt("hello?")).rejects.toMatchObject({ code: "SESSION_CLOSED" });
  const late = await attachTo(daemon, session.session);
  expect(normalMessages(late)).toEqual(before);
  expect(await restOf(daemon).resume(session.session)).toMatchObject({ status: "live" });
  await expect(restOf(daemon).resume(session.session)).rejects.toMatchObject({ code: "CONFLICT" });
  const messages = await play(late, [{ echo: "messages" }]);
  expect(textOf(messages.at(-1))).toContain("user assistant tool assistant user user");
  expect(normalMessages(late).slice(0, before.length)).toEqual(before);
});

test("an ephemeral session: works like any other, leaves no file, and cannot be resumed", async () => {
  const session = await openSession(daemon, { ephemeral: true });
  await play(session, [{ text: "Passing." }]);
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late)).toEqual(messagesOf(session));
  expect(session.transcript.info).toMatchObject({ ephemeral: true });
  expect(session.transcript.info?.sessionFile).toBeUndefined();
  await restOf(daemon).kill(session.session);
  await expect(restOf(daemon).resume(session.session)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("an ephemeral session over a daemon that is killed: it goes on", async () => {
  const session = await openSession(daemon, { ephemeral: true });
  await play(session, [{ text: "Before." }]);
  await daemon.kill();
  await daemon.start();
  await until(session, "the connection", () => session.transcript.status === "live");
  await play(session, [{ text: "After." }]);
  expect(textsOf(messagesOf(session), "assistant")).toEqual(["Before.", "After."]);
});

test("rename over REST: pi and every client have the name", async () => {
  const session = await openSession(daemon);
  const answer = await fetch(`${daemon.url}/api/sessions/${session.session}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${daemon.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "renamed" }),
  });
  expect(answer.status).toBe(200);
  await until(session, "the name", () => session.transcript.live.pi?.sessionName === "renamed");
});

test("a folder that does not exist: creating says so and leaves nothing in the list", async () => {
  const before = await restOf(daemon).list();
  await expect(openSession(daemon, { working_dir: join(daemon.folder, "nowhere") })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining("nowhere") as unknown,
  });
  expect(await restOf(daemon).list()).toHaveLength(before.length);
});

test("a killed session's pi: no process of it stays", async () => {
  const session = await openSession(daemon);
  const shell = session.bash("sleep 20 & echo $!; wait");
  shell.catch(() => {});
  await until(session, "the command", () => session.transcript.live.bash.size === 1);
  const { pid } = session.transcript.info ?? {};
  await restOf(daemon).kill(session.session);
  const gone = (): boolean => {
    try {
      process.kill(pid as number, 0);
      return false;
    } catch {
      return true;
    }
  };
  await poll(gone, "the end of pi");
});
