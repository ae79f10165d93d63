import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf } from "../harness/normal.ts";
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
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function pidOf(session: Awaited<ReturnType<typeof openSession>>): number {
  return session.transcript.info?.pid as number;
}

/** Waits until a client was told that its session is gone; resolves to the words. */
async function untilGone(session: Awaited<ReturnType<typeof openSession>>): Promise<string> {
  const error: unknown = await until(session, "the end", () => false).catch((reason: unknown) => reason);
  return (error as Error).message;
}

test("kill while a turn streams: it is aborted, so that what was said so far is saved", async () => {
  const session = await openSession(daemon);
  await session.prompt(script([{ text: "Half a sentence" }, { gate: "never" }]));
  await untilSaid(session, "Half a sentence");
  const pid = pidOf(session);
  expect(await restOf(daemon).kill(session.session)).toMatchObject({ status: "closed", attention: null });
  expect(alive(pid)).toBe(false);
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late).at(-1)).toMatchObject({ role: "assistant", stopReason: "aborted" });
  expect(textsOf(messagesOf(late), "assistant")).toEqual(["Half a sentence"]);
});

test("two kills at once: both are answered when pi is gone", async () => {
  const session = await openSession(daemon);
  const pid = pidOf(session);
  const ends = [1, 2].map(async () => {
    const { status } = await restOf(daemon).kill(session.session);
    return { status, alive: alive(pid) };
  });
  expect(await Promise.all(ends)).toEqual(Array(2).fill({ status: "closed", alive: false }));
});

test("two resumes at once: one is done, the other is told why not, and there is one process", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Kept." }]);
  await restOf(daemon).kill(session.session);
  const answers = await Promise.allSettled([1, 2, 3].map(() => restOf(daemon).resume(session.session)));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  const conflict: unknown = expect.objectContaining({ status: 409, code: "CONFLICT" });
  expect(refused).toEqual([conflict, conflict]);
  expect(readdirSync(join(daemon.dataDir, "run", session.session))).toHaveLength(1);
  const late = await attachTo(daemon, session.session);
  await play(late, [{ text: "Once." }]);
  expect(textsOf(messagesOf(late), "assistant")).toEqual(["Kept.", "Once."]);
});

test("renamed while it is closed: resumed, it has that name, and so has pi", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Named." }]);
  const rest = restOf(daemon);
  await rest.rename(session.session, "While it lived");
  await rest.kill(session.session);
  expect(await rest.rename(session.session, "While it was closed")).toMatchObject({ name: "While it was closed" });
  await rest.resume(session.session);
  await until(session, "the name", () => session.transcript.live.pi?.sessionName === "While it was closed");
  expect((await session.getState()).sessionName).toBe("While it was closed");
  expect(await rest.get(session.session)).toMatchObject({ name: "While it was closed" });
});

test("a name of blanks is refused, one with control characters is cleaned, and no name keeps a session from being resumed", async () => {
  const rest = restOf(daemon);
  const { id, name } = await rest.create({ working_dir: daemon.folder, name: " \u0000 " });
  expect(name).toBeNull();
  await expect(rest.rename(id, "   ")).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining("nothing that can be seen") as unknown,
  });
  expect(await rest.rename(id, " a\u0000b ")).toMatchObject({ name: "a b" });
  await rest.kill(id);
  expect(await rest.resume(id)).toMatchObject({ status: "live", name: "a b" });
});

test("logs, a name, a kill and a resume at once: none of them is the daemon's fault", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Busy." }]);
  const { session: id } = session;
  const rest = restOf(daemon);
  for (let round = 0; round < 3; round += 1) {
    const name = `Round ${round}`;
    const named = rest.rename(id, name);
    const headers = { authorization: `Bearer ${daemon.token}` };
    const logs = Array.from({ length: 8 }, () => fetch(`${daemon.url}/api/sessions/${id}/logs`, { headers }));
    const others = Promise.allSettled([rest.kill(id), rest.resume(id), rest.kill(id)]);
    expect((await Promise.all(logs)).map(({ status }) => status)).toEqual(logs.map(() => 200));
    for (const one of await others)
      expect(one).not.toMatchObject({
        reason: { status: expect.toSatisfy((status: number) => status >= 500) as unknown },
      });
    expect(await named).toMatchObject({ name });
    await rest.resume(id).catch(() => {});
    await until(session, "the name", () => session.transcript.live.pi?.sessionName === name);
  }
  expect(daemon.output()).not.toContain("garbage collection");
});

test("kill and resume at once: whoever comes last wins, and the list says what is", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Kept." }]);
  const { session: id } = session;
  const first = pidOf(session);
  const [, resumed] = await Promise.all([
    restOf(daemon).kill(id),
    restOf(daemon)
      .resume(id)
      .catch((error: unknown) => error),
  ]);
  expect(alive(first)).toBe(false);
  // The resume may have come first: then it was live already.
  const outcomes = [{ code: "CONFLICT" }, { status: "live", activity: "idle" }];
  expect(outcomes.map((outcome) => expect.objectContaining(outcome) as unknown)).toContainEqual(resumed);
  const now = await restOf(daemon).get(id);
  expect(now.status === "live" ? alive(now.pid as number) : now.pid === null).toBe(true);
});

test("a folder removed under a live session: it is listed and closed as any other, and a resume says what is missing", async () => {
  const folder = join(daemon.folder, "short-lived");
  mkdirSync(folder);
  const session = await openSession(daemon, { working_dir: folder });
  await play(session, [{ text: "Here." }]);
  rmSync(folder, { recursive: true });
  expect(await restOf(daemon).get(session.session)).toMatchObject({ status: "live", working_dir: folder });
  await play(session, [{ text: "Still here." }]);
  await restOf(daemon).kill(session.session);
  await expect(restOf(daemon).resume(session.session)).rejects.toMatchObject({
    status: 409,
    code: "SESSION_START_FAILED",
    message: expect.stringContaining("short-lived") as unknown,
  });
  expect(textsOf(messagesOf(await attachTo(daemon, session.session)), "assistant")).toEqual(["Here.", "Still here."]);
  mkdirSync(folder);
  expect(await restOf(daemon).resume(session.session)).toMatchObject({ status: "live" });
});

test("delete: pi ends, the file is in the trash, clients are told, and nothing of it is left", async () => {
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon);
  const { session: id } = session;
  await play(session, [{ text: "Good-bye." }]);
  await untilListed(watch, "the session", () => watch.sessions.has(id));
  const [pid, file] = [pidOf(session), fileOf(session)];
  const removed = await restOf(daemon).remove(id);
  expect(removed).toMatchObject({ id, file: "trashed", message: expect.stringContaining("trash") as unknown });
  expect(readFileSync(removed.trashed_to as string, "utf8")).toContain("Good-bye.");
  expect(removed.trashed_to).toContain(join(daemon.home, ".local/share/Trash/files"));
  expect([alive(pid), existsSync(file), existsSync(join(daemon.dataDir, "run", id))]).toEqual([false, false, false]);
  expect(await untilGone(session)).toContain("deleted");
  await untilListed(watch, "a list without it", () => !watch.sessions.has(id));
  for (const again of [
    () => restOf(daemon).get(id),
    () => restOf(daemon).remove(id),
    () => restOf(daemon).resume(id),
  ]) {
    await expect(again()).rejects.toMatchObject({ status: 404, code: "SESSION_NOT_FOUND" });
  }
});

test("delete while a turn streams, asked for twice and with a resume between: one outcome", async () => {
  const session = await openSession(daemon);
  const { session: id } = session;
  await play(session, [{ text: "Saved." }]);
  const [pid, file] = [pidOf(session), fileOf(session)];
  await session.prompt(script([{ text: "Half a sentence" }, { gate: "never" }]));
  await untilSaid(session, "Half a sentence");
  const [first, second, resumed] = await Promise.all([
    restOf(daemon).remove(id),
    restOf(daemon)
      .remove(id)
      .catch((error: unknown) => error),
    restOf(daemon)
      .resume(id)
      .catch((error: unknown) => error),
  ]);
  expect(first).toMatchObject({ file: "trashed" });
  // Too late, or together with the first.
  expect([first, expect.objectContaining({ code: "SESSION_NOT_FOUND" })]).toContainEqual(second);
  expect(["SESSION_NOT_FOUND", "CONFLICT"]).toContain((resumed as { code?: string }).code);
  expect([alive(pid), existsSync(file)]).toEqual([false, false]);
});

test("delete for good: no trash; a closed session, one without a file, and one whose file is gone", async () => {
  const closed = await openSession(daemon);
  await play(closed, [{ text: "Secret." }]);
  const file = fileOf(closed);
  await restOf(daemon).kill(closed.session);
  expect(await restOf(daemon).remove(closed.session, { permanent: true })).toMatchObject({
    file: "deleted",
    trashed_to: null,
  });
  expect(existsSync(file)).toBe(false);
  const empty = await openSession(daemon);
  expect(await restOf(daemon).remove(empty.session)).toMatchObject({ file: "none" });
  const lost = await openSession(daemon);
  await play(lost, [{ text: "Lost." }]);
  rmSync(fileOf(lost));
  expect(await restOf(daemon).remove(lost.session)).toMatchObject({ file: "none" });
  const passing = await openSession(daemon, { ephemeral: true });
  await play(passing, [{ text: "Passing." }]);
  expect(await restOf(daemon).remove(passing.session)).toMatchObject({ file: "none" });
});

test("delete: a file that is no session any more is left alone", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Mine." }]);
  const file = fileOf(session);
  await restOf(daemon).kill(session.session);
  writeFileSync(file, "a person's notes\n");
  expect(await restOf(daemon).remove(session.session)).toMatchObject({ file: "kept", trashed_to: null });
  expect(readFileSync(file, "utf8")).toBe("a person's notes\n");
});
