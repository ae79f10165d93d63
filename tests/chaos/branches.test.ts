import { mkdtempSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, fileOf } from "../harness/normal.ts";
import { piAtLeast } from "../harness/pi-under-test.ts";
import { attachTo, messagesOf, openSession, play, restOf, textsOf, until, untilSaid } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("kill -9 at any moment of a branch: each is there whole or not at all, and the source is as it was", async () => {
  const working_dir = mkdtempSync(join(daemon.folder, "of-its-own-"));
  const session = await openSession(daemon, { working_dir });
  for (const text of ["One.", "Two.", "Three."]) await play(session, [{ text }, { tokens: 500 }]);
  const rest = restOf(daemon);
  const [upload] = await rest.upload(session.session, [{ name: "a.txt", content: new Blob(["a"]) }]);
  const file = fileOf(session);
  const folder = dirname(file);
  const source = entriesOf(file);
  const third = (await rest.forkMessages(session.session))[2];
  const files = (): string[] => readdirSync(folder).filter((name) => name.includes(".jsonl"));
  const known = new Set<string>();
  for (let round = 0; round < 6; round++) {
    const count = files().length;
    const asked = rest.branch(session.session, { entry_id: third?.entry_id ?? "" }).then(
      () => true,
      () => false,
    );
    let answered = false;
    void asked.then(() => (answered = true));
    // From before anything is on disk to after everything is.
    if (round > 0) await poll(() => answered || files().length > count || round === 1, "the beginning of a branch");
    if (round > 3) await poll(() => answered, "the answer");
    await daemon.kill();
    await asked;
    await daemon.start();
    const branches = (await rest.list()).filter(({ parent_piface_id: parent }) => parent === session.session);
    const named = [file, ...branches.map(({ session_file }) => session_file ?? "")];
    expect(
      files()
        .map((name) => join(folder, name))
        .toSorted(),
    ).toEqual(named.toSorted());
    expect(entriesOf(file)).toEqual(source);
    for (const { id } of branches.filter((branch) => !known.has(branch.id))) {
      known.add(id);
      expect(textsOf(messagesOf(await attachTo(daemon, id)), "assistant").map((text) => text.slice(0, 4))).toEqual([
        "One.",
        "Two.",
      ]);
      expect(await rest.uploads(id)).toMatchObject([{ sha256: upload?.sha256 }]);
    }
  }
  expect(known.size).toBeGreaterThanOrEqual(2);
});

test("kill and resume, as /reload does it: the id, the name, the files and offered prompts stay", async () => {
  const session = await openSession(daemon, { name: "kept" });
  await play(session, [{ text: "Said." }]);
  const rest = restOf(daemon);
  const id = session.session;
  const uploads = await rest.upload(id, [{ name: "a.txt", content: new Blob(["a"]) }]);
  await rest.kill(id);
  expect(await rest.resume(id)).toMatchObject({ id, name: "kept", status: "live" });
  expect(await rest.uploads(id)).toEqual(uploads);
  const again = await attachTo(daemon, id);
  expect(textsOf(messagesOf(again), "assistant")).toEqual(["Said."]);
  expect((await again.getState()).sessionName).toBe("kept");

  const first = await openSession(daemon);
  const said = script([{ text: "Begun" }, { gate: "never" }]);
  await first.prompt(said);
  await untilSaid(first, "Begun");
  if (piAtLeast("0.99.0")) return; // It saves what a person said before it is answered: there is nothing to offer.
  process.kill(first.transcript.info?.pid ?? 0, "SIGKILL");
  await until(first, "the offer", () => first.transcript.offered.length === 1);
  await rest.kill(first.session);
  await rest.resume(first.session);
  const offering = await attachTo(daemon, first.session);
  expect(offering.transcript.offered).toMatchObject([{ text: said }]);
});
