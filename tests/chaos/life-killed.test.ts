import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RestError } from "@pier/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf } from "../harness/normal.ts";
import { between, seeded } from "../harness/random.ts";
import { attachTo, messagesOf, openSession, play, restOf, textsOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const operations = ["create", "kill", "resume", "remove"] as const;

/** The pi of this daemon that live, by the session they belong to. */
function processes(): Map<string, number[]> {
  const run = join(daemon.dataDir, "run");
  const found = new Map<string, number[]>();
  for (const session of ifThere(() => readdirSync(run)) ?? []) {
    for (const epoch of ifThere(() => readdirSync(join(run, session))) ?? []) {
      const meta = ifThere(() => readFileSync(join(run, session, epoch, "meta.json"), "utf8"));
      const pid = meta === null ? undefined : (JSON.parse(meta) as { pid?: number }).pid;
      if (pid !== undefined && alive(pid)) found.set(session, [...(found.get(session) ?? []), pid]);
    }
  }
  return found;
}

/** What is read; null when it is gone, as what belongs to a process that ended may be at any moment. */
function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("kill -9 of the daemon in the middle of create, kill, resume and delete: what the next one shows is whole, and every session can be used", async () => {
  const random = seeded(20_261);
  for (const [round, operation] of operations.entries()) {
    const session = await openSession(daemon);
    await play(session, [{ text: `Round ${round}.` }]);
    const [id, file] = [session.session, fileOf(session)];
    if (operation === "resume") await restOf(daemon).kill(id);
    session.detach();
    const rest = restOf(daemon);
    const asked = {
      create: () => rest.create({ working_dir: daemon.folder }),
      kill: () => rest.kill(id),
      resume: () => rest.resume(id),
      remove: () => rest.remove(id),
    }
      [operation]()
      .catch(() => {});
    // Before it is heard, while it is done, or after the answer.
    for (let turns = between(random, 0, 600); turns > 0; turns--) await new Promise(setImmediate);
    await daemon.kill();
    await daemon.start();
    await asked;
    const isThere = async (): Promise<boolean> => (await rest.list()).some((record) => record.id === id);
    // One that was to be deleted is so, or was never asked for; it may be completed at this very moment.
    while (existsSync(file) !== (await isThere()));
    if (operation !== "remove" && !(await isThere())) throw new Error(`${operation}: the session is gone`);
    /** Whether it goes on; not when it is being deleted. */
    const isResumed = async (one: string): Promise<boolean> => {
      const error = await rest.resume(one).catch((thrown: unknown) => thrown);
      if (error instanceof RestError && error.code !== "SESSION_NOT_FOUND") throw error;
      return !(error instanceof RestError);
    };
    const listed = await rest.list();
    await poll(
      () => [...processes()].every(([one, pids]) => pids.length === 1 && listed.some((record) => record.id === one)),
      "one process for each session at most",
    );
    for (const record of await rest.list()) {
      if (record.status === "closed" && !(await isResumed(record.id))) {
        // The daemon completes what the one before it had begun.
        if (operation !== "remove") throw new Error(`${operation}: the session is being deleted`);
        while (existsSync(file) || (await isThere()));
        continue;
      }
      const again = await attachTo(daemon, record.id);
      const before = textsOf(messagesOf(again), "assistant");
      expect(before).toEqual(record.id === id ? [`Round ${round}.`] : []);
      await play(again, [{ text: "Still usable." }]);
      again.detach();
      await rest.remove(record.id, { permanent: true });
    }
    expect(await rest.list()).toEqual([]);
    await poll(() => processes().size === 0, "the end of every pi");
  }
});
