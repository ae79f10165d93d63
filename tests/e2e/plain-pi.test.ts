import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { SessionRecord } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  attachTo,
  connectTo,
  messagesOf,
  openSession,
  play,
  restOf,
  textsOf,
  until,
  untilListed,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { waitFor } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const sessionsOf = (): string => join(daemon.home, ".pi", "agent", "sessions");

interface Plain {
  id: string;
  file: string;
  say(role: "user" | "assistant", text: string): void;
}

let made = 0;

/** A session file as plain pi writes it: the conversation is real pi's, under another id and in another folder. */
async function plainSession(words: string): Promise<Plain> {
  const source = await openSession(daemon);
  await play(source, [{ text: words }]);
  const { sessionFile } = source.transcript.info as { sessionFile: string };
  const [header = "", ...lines] = readFileSync(sessionFile, "utf8").trimEnd().split("\n");
  await restOf(daemon).remove(source.session, { permanent: true });
  const id = `0199aaaa-0000-7000-8000-${String(++made).padStart(12, "0")}`;
  const folder = join(sessionsOf(), "--somewhere--");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `2026-01-01T00-00-00-000Z_${id}.jsonl`);
  const { cwd } = JSON.parse(header) as { cwd: string };
  writeFileSync(file, [JSON.stringify({ ...JSON.parse(header), id, cwd }), ...lines, ""].join("\n"));
  // Names are looked at a few times a second.
  while (
    !(await restOf(daemon)
      .get(id)
      .catch(() => null))
  );
  return {
    id,
    file,
    say(role, text) {
      const last = JSON.parse(readFileSync(file, "utf8").trimEnd().split("\n").at(-1) as string) as { id: string };
      const message = {
        role,
        content: [{ type: "text", text }],
        timestamp: Date.now(),
        ...(role === "assistant" && { stopReason: "stop" }),
      };
      const entry = {
        type: "message",
        id: `${last.id}x`.slice(-8),
        parentId: last.id,
        timestamp: new Date().toISOString(),
        message,
      };
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}

/** What a connection is told in words. */
function collectNotices(connection: ReturnType<typeof connectTo>) {
  const words: string[] = [];
  const listeners = new Set<() => void>();
  connection.onNotice(({ message }) => {
    words.push(message);
    for (const listener of listeners) listener();
  });
  const matches = (what: RegExp): Promise<boolean> =>
    waitFor(() => words.some((one) => what.test(one)), {
      what: String(what),
      describe: () => words,
      subscribe: (check) => {
        listeners.add(check);
        return () => listeners.delete(check);
      },
    });
  return { words, until: matches };
}

/** The records of plain pi; the daemon looks for them at most once a second, so the newest is waited for. */
async function listed(
  id: string,
  fits: (record: SessionRecord | undefined) => boolean,
): Promise<SessionRecord | undefined> {
  for (;;) {
    const record = (await restOf(daemon).list()).find((one) => one.id === id);
    if (fits(record)) return record;
  }
}

test("a session of plain pi is listed, apart from Pier's own and from what is watched", async () => {
  const own = await openSession(daemon, { name: "own" });
  await play(own, [{ text: "Mine." }]);
  const watch = connectTo(daemon).watch();
  await untilListed(watch, "the list", () => watch.sessions.has(own.session));
  const { id, file } = await plainSession("Said to plain pi.");
  expect(await listed(id, (record) => record !== undefined)).toMatchObject({
    status: "closed",
    activity: "closed",
    origin: "pi",
    working_dir: daemon.folder,
    session_file: file,
    pid: null,
  });
  const pi = await restOf(daemon).listPage({ origin: "pi" });
  expect(pi.sessions.every(({ origin }) => origin === "pi")).toBe(true);
  // A file of Pier's own session is no second session.
  expect(pi.sessions.map(({ session_file }) => session_file)).not.toContain(own.transcript.info?.sessionFile);
  expect((await restOf(daemon).listPage({ origin: "pier" })).sessions.map((record) => record.id)).not.toContain(id);
  expect((await restOf(daemon).listPage({ query: "plain pi.", limit: 1 })).total).toBe(1);
  expect([...watch.sessions.keys()]).not.toContain(id);
});

test("who watches the list is told that plain pi began, went on and was removed, and finds it by asking again", async () => {
  const watch = connectTo(daemon).watch();
  await untilListed(watch, "the list", () => watch.synced);
  /** Asks for the list as a dashboard does: again only when it is told to. */
  const shown = async (what: string, fits: (names: Map<string, string | null>) => boolean): Promise<void> => {
    for (;;) {
      const { piRevision } = watch;
      const { sessions } = await restOf(daemon).listPage({ origin: "pi", limit: 1_000 });
      if (fits(new Map(sessions.map(({ id, name }) => [id, name])))) return;
      await untilListed(watch, what, () => watch.piRevision !== piRevision);
    }
  };
  const plain = await plainSession("Begun.");
  await shown("the session", (names) => names.has(plain.id));
  appendFileSync(plain.file, `${JSON.stringify({ type: "session_info", id: "eeeeeeee", name: "Gone on" })}\n`);
  await shown("its name", (names) => names.get(plain.id) === "Gone on");
  rmSync(plain.file);
  await shown("its end", (names) => !names.has(plain.id));
});

test("opened, it can be read and searched, refuses prompts, and Pier keeps nothing of it", async () => {
  const { id } = await plainSession("Read me.");
  expect(await restOf(daemon).get(id)).toMatchObject({ id, origin: "pi" });
  const attachment = await attachTo(daemon, id);
  expect(textsOf(messagesOf(attachment), "assistant")).toEqual(["Read me."]);
  expect(attachment.transcript.info).toMatchObject({ status: "closed", origin: "pi", clients: 0 });
  expect((await restOf(daemon).history(id)).messages).toHaveLength(2);
  expect((await restOf(daemon).search(id, "read ME")).matches.map(({ role }) => role)).toContain("assistant");
  await expect(attachment.prompt("hello?")).rejects.toMatchObject({ code: "SESSION_CLOSED" });
  attachment.detach();
  expect((await restOf(daemon).listPage({ origin: "pier" })).sessions.map((record) => record.id)).not.toContain(id);
});

test("what another program adds to it is shown while it is open, and the list follows", async () => {
  const plain = await plainSession("Before.");
  const attachment = await attachTo(daemon, plain.id);
  const other = await attachTo(daemon, plain.id);
  plain.say("assistant", "From another terminal.");
  for (const client of [attachment, other]) {
    await until(
      client,
      "the growth",
      () => textsOf(messagesOf(client), "assistant").at(-1) === "From another terminal.",
    );
  }
  plain.say("assistant", "And once more.");
  await until(other, "the growth", () => textsOf(messagesOf(other), "assistant").at(-1) === "And once more.");
  const before = Date.parse("2026-01-02T00:00:00.000Z");
  await listed(plain.id, (record) => Date.parse(record?.last_active_at ?? "") > before);
});

test("a closed session of Pier's own is followed in the same way", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Own." }]);
  await restOf(daemon).kill(session.session);
  await until(session, "the end", () => session.transcript.info?.status === "closed" && session.transcript.caughtUp);
  const file = session.transcript.info?.sessionFile as string;
  const last = JSON.parse(readFileSync(file, "utf8").trimEnd().split("\n").at(-1) as string) as { id: string };
  const message = {
    role: "assistant",
    content: [{ type: "text", text: "Not Pier's." }],
    timestamp: 1,
    stopReason: "stop",
  };
  appendFileSync(file, `${JSON.stringify({ type: "message", id: "ffffffff", parentId: last.id, message })}\n`);
  await until(session, "the growth", () => textsOf(messagesOf(session), "assistant").at(-1) === "Not Pier's.");
});

test("another program goes on in the file of a live session: everybody attached is warned, and whoever comes later", async () => {
  const connection = connectTo(daemon);
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder });
  const session = connection.attach(id);
  await session.ready;
  const told = collectNotices(connection);
  await play(session, [{ text: "One." }]);
  await session.bash("echo direct");
  await session.setSessionName("Ours");
  await play(session, [{ tool: "bash", args: { command: "echo tool" } }, { text: "Two." }]);
  const file = session.transcript.info?.sessionFile as string;
  // The other one is plain pi itself.
  const other = await openSession(daemon, { ephemeral: true });
  await other.switchSession(file);
  await play(other, [{ text: "From elsewhere." }]);
  await told.until(/another program goes on in the session file .* Close the session and resume it/i);
  expect(told.words).toHaveLength(1);
  const later = connectTo(daemon);
  const toldLater = collectNotices(later);
  await later.attach(id).ready;
  await toldLater.until(/another program/i);
  // Closed and resumed, it goes on from there, and all is well.
  await restOf(daemon).kill(other.session);
  await restOf(daemon).kill(id);
  await restOf(daemon).resume(id);
  await until(session, "the whole", () => textsOf(messagesOf(session), "assistant").at(-1) === "From elsewhere.");
  await play(session, [{ text: "Three." }]);
  const last = connectTo(daemon);
  const toldLast = collectNotices(last);
  await last.attach(id).ready;
  rmSync(file);
  await toldLast.until(/session file .* is gone/);
  expect(toldLast.words).toHaveLength(1);
});

test("resumed, it is Pier's: pi goes on in the same file, and it stays in the list after a restart", async () => {
  const watch = connectTo(daemon).watch();
  const { id, file } = await plainSession("To be resumed.");
  const attachment = await attachTo(daemon, id);
  expect(await restOf(daemon).resume(id)).toMatchObject({ id, status: "live", origin: "pier" });
  await untilListed(watch, "the session", () => watch.sessions.get(id)?.origin === "pier");
  await until(
    attachment,
    "a live session",
    () => attachment.transcript.info?.status === "live" && attachment.transcript.caughtUp,
  );
  await play(attachment, [{ text: "Going on." }]);
  expect(textsOf(messagesOf(attachment), "assistant")).toEqual(["To be resumed.", "Going on."]);
  expect(readFileSync(file, "utf8")).toContain("Going on.");
  await daemon.stop();
  await daemon.start();
  expect(await listed(id, (record) => record !== undefined)).toMatchObject({ status: "live", origin: "pier" });
  expect((await restOf(daemon).list()).filter((record) => record.id === id)).toHaveLength(1);
});

test("two resumes of it at once: one process, and one row", async () => {
  const { id } = await plainSession("Twice.");
  const answers = await Promise.allSettled([1, 2].map(() => restOf(daemon).resume(id)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual(["fulfilled", "rejected"]);
  expect(readdirSync(join(daemon.dataDir, "run", id))).toHaveLength(1);
});

test("renamed, it is Pier's, and deleted, its file is in the trash", async () => {
  const named = await plainSession("To be named.");
  expect(await restOf(daemon).rename(named.id, "Named")).toMatchObject({
    name: "Named",
    origin: "pier",
    status: "closed",
  });
  const plain = await plainSession("To be deleted.");
  const attachment = await attachTo(daemon, plain.id);
  expect(await restOf(daemon).remove(plain.id)).toMatchObject({ file: "trashed" });
  expect(existsSync(plain.file)).toBe(false);
  await expect(until(attachment, "the end", () => false)).rejects.toMatchObject({
    message: expect.stringContaining("deleted") as unknown,
  });
  await expect(restOf(daemon).get(plain.id)).rejects.toMatchObject({ code: "SESSION_NOT_FOUND" });
  expect(await listed(plain.id, (record) => record === undefined)).toBeUndefined();
});

test("files that are no sessions, copies, and ids that are paths: nothing is made of them", async () => {
  const plain = await plainSession("The original.");
  const folder = join(sessionsOf(), "--somewhere--");
  const old = new Date("2020-01-01");
  copyFileSync(plain.file, join(folder, `2020-01-01T00-00-00-000Z_${plain.id}.jsonl`));
  utimesSync(join(folder, `2020-01-01T00-00-00-000Z_${plain.id}.jsonl`), old, old);
  const bad = [
    "",
    "no json",
    "{}",
    '{"type":"session"}',
    '{"type":"session","id":"../../etc","cwd":"/"}',
    '{"type":"session","id":"aaaaaaaa-1","cwd":"relative"}',
  ];
  bad.forEach((text, at) => writeFileSync(join(folder, `2026_bad-${at}-aaaaaaaa.jsonl`), text));
  await listed(plain.id, (record) => record !== undefined);
  const { sessions } = await restOf(daemon).listPage({ origin: "pi", limit: 1_000 });
  expect(sessions.filter(({ id }) => id === plain.id)).toHaveLength(1);
  expect(sessions.filter(({ session_file }) => session_file?.includes("bad"))).toEqual([]);
  for (const id of ["../../etc", "bad-0-aaaaaaaa", "%2e%2e", "x".repeat(101)]) {
    await expect(restOf(daemon).get(id)).rejects.toMatchObject({ status: expect.toBeOneOf([400, 404]) as unknown });
  }
});

test("branched, it stays plain pi's, and the branch is Pier's", async () => {
  const { id } = await plainSession("To be branched.");
  const messages = await restOf(daemon).forkMessages(id);
  expect(messages).toHaveLength(1);
  const branch = await restOf(daemon).branch(id, { entry_id: messages[0]?.entry_id as string });
  expect(branch).toMatchObject({ status: "live", origin: "pier", parent_piface_id: id });
  expect(await restOf(daemon).get(id)).toMatchObject({ status: "closed", origin: "pi" });
});
