import { afterAll, beforeAll, expect, test } from "vitest";
import { makeRepository } from "../harness/git-repository.ts";
import { connectTo, openSession, play, restOf, until, untilListed } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("git summary: those who watch see it, what a turn changes shows in every session of the folder", async () => {
  const { path } = makeRepository(daemon, "app");
  const watch = connectTo(daemon).watch();
  const session = await openSession(daemon, { working_dir: path });
  const other = await openSession(daemon, { working_dir: path });
  const gitOf = (id: string) => watch.sessions.get(id)?.git;
  await untilListed(watch, "a clean folder", () => gitOf(session.session) !== undefined);
  expect(gitOf(session.session)).toEqual({ branch: "main", insertions: 0, deletions: 0, files: 0, worktree: false });
  await play(session, [
    { tool: "write", args: { path: "a.txt", content: "1\n2\n" } },
    { tool: "write", args: { path: "new.txt", content: "new\n" } },
    { text: "Done." },
  ]);
  const changed = { branch: "main", insertions: 2, deletions: 1, files: 2, worktree: false };
  await untilListed(watch, "the change", () => [session, other].every((one) => gitOf(one.session)?.files === 2));
  expect([gitOf(session.session), gitOf(other.session)]).toEqual([changed, changed]);
  // Whoever is attached hears of it, too.
  await until(other, "the change", () => other.transcript.info?.git?.files === 2);
  expect(await restOf(daemon).get(other.session)).toMatchObject({ git: changed, worktree: null });
});
