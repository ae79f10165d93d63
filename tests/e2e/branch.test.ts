import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, fileOf } from "../harness/normal.ts";
import {
  attachTo,
  messagesOf,
  openSession,
  play,
  restOf,
  settled,
  textOf,
  textsOf,
  until,
  untilSaid,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

async function threeTurns(): Promise<Session> {
  const session = await openSession(daemon, { name: "source" });
  for (const text of ["One.", "Two.", "Three."]) await play(session, [{ text }]);
  return session;
}

const said = (session: Session) => textsOf(messagesOf(session), "assistant");

test("fork-messages: lists what people said, of live and of closed sessions alike", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  const messages = await rest.forkMessages(session.session);
  expect(messages.map(({ text }) => text)).toEqual(["One.", "Two.", "Three."].map((text) => script([{ text }])));
  const users = entriesOf(fileOf(session)).filter(({ message }) => message?.role === "user");
  expect(messages.map(({ entry_id }) => entry_id)).toEqual(users.map(({ id }) => id));
  expect(messages.every(({ active, timestamp }) => active && timestamp?.endsWith("Z"))).toBe(true);
  expect(await session.getForkMessages()).toEqual({
    messages: messages.map(({ entry_id: entryId, text }) => ({ entryId, text })),
  });
  await rest.kill(session.session);
  expect(await rest.forkMessages(session.session)).toEqual(messages);
});

test("branch: a new live session goes on before the message, and the source stays as it was", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  const file = fileOf(session);
  const before = readFileSync(file);
  const third = (await rest.forkMessages(session.session))[2];
  const branched = await rest.branch(session.session, { entry_id: third?.entry_id ?? "" });
  expect(branched).toMatchObject({
    status: "live",
    name: "source",
    working_dir: daemon.folder,
    parent_piface_id: session.session,
    branch_entry_id: third?.entry_id,
    editor_text: third?.text,
  });
  expect(branched.id).not.toBe(session.session);
  const branch = await attachTo(daemon, branched.id);
  expect(branch.transcript.info).toMatchObject({ parent: session.session, branchEntry: third?.entry_id });
  expect(said(branch)).toEqual(["One.", "Two."]);
  await play(branch, [{ text: "Other." }]);
  expect(said(branch)).toEqual(["One.", "Two.", "Other."]);
  expect(readFileSync(file)).toEqual(before);
  expect(said(session)).toEqual(["One.", "Two.", "Three."]);
  expect(dirname(fileOf(branch))).toBe(dirname(file));
  expect(entriesOf(fileOf(branch))[0]).toMatchObject({ type: "session", parentSession: file, cwd: daemon.folder });
});

test("branch of the first message: nothing was said before it", async () => {
  const session = await threeTurns();
  const [first] = await restOf(daemon).forkMessages(session.session);
  const { id, session_file } = await restOf(daemon).branch(session.session, {
    entry_id: first?.entry_id ?? "",
    name: "anew",
  });
  const branch = await attachTo(daemon, id);
  expect(messagesOf(branch)).toEqual([]);
  expect(await play(branch, [{ text: "Anew." }])).toHaveLength(2);
  expect(branch.transcript.info?.name).toBe("anew");
  expect(fileOf(branch)).not.toBe(fileOf(session));
  expect(session_file).not.toBe(fileOf(session));
});

test("branch with a name, twice at once, of a closed session: two sessions of their own", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  const second = (await rest.forkMessages(session.session))[1];
  await rest.kill(session.session);
  const names = ["left", "right"];
  const branches = await Promise.all(
    names.map((name) => rest.branch(session.session, { entry_id: second?.entry_id ?? "", name })),
  );
  for (const [index, { id, name }] of branches.entries()) {
    expect(name).toBe(names[index]);
    const branch = await attachTo(daemon, id);
    await play(branch, [{ text: `Mine ${index}.` }]);
    expect(said(branch)).toEqual(["One.", `Mine ${index}.`]);
    expect((await branch.getState()).sessionName).toBe(names[index]);
  }
  expect((await rest.get(session.session)).status).toBe("closed");
});

test("branch while the source streams: the turn goes on, and the branch knows nothing of it", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  await session.prompt(script([{ text: "Half. " }, { gate: "streams" }, { text: "Whole." }]));
  await untilSaid(session, "Half.");
  const messages = await rest.forkMessages(session.session);
  expect(messages).toHaveLength(4);
  const { id } = await rest.branch(session.session, { entry_id: messages[3]?.entry_id ?? "" });
  const branch = await attachTo(daemon, id);
  expect(said(branch)).toEqual(["One.", "Two.", "Three."]);
  daemon.model.gates.open("streams");
  expect(textOf((await settled(session, 6)).at(-1))).toBe("Half. Whole.");
});

test("a branch outlives its daemon and keeps its lineage, and can be branched again", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  const third = (await rest.forkMessages(session.session))[2];
  const { id } = await rest.branch(session.session, { entry_id: third?.entry_id ?? "" });
  await daemon.kill();
  await daemon.start();
  expect(await rest.get(id)).toMatchObject({ parent_piface_id: session.session, status: "live" });
  const branch = await attachTo(daemon, id);
  await play(branch, [{ text: "Later." }]);
  const again = await rest.branch(id, { entry_id: (await rest.forkMessages(id))[2]?.entry_id ?? "" });
  expect(again.parent_piface_id).toBe(id);
  expect(said(await attachTo(daemon, again.id))).toEqual(["One.", "Two."]);
});

test("branches that cannot be: one clear answer each, and nothing is left of them", async () => {
  const session = await threeTurns();
  const rest = restOf(daemon);
  const before = (await rest.list()).length;
  const files = readdirSync(dirname(fileOf(session))).length;
  const answer = entriesOf(fileOf(session)).find(({ message }) => message?.role === "assistant")?.id as string;
  for (const entry_id of ["nothing", "../../etc", answer, "__proto__"])
    await expect(rest.branch(session.session, { entry_id })).rejects.toMatchObject({ status: 404, code: "NOT_FOUND" });
  await expect(rest.branch(session.session, { entry_id: "" })).rejects.toMatchObject({ status: 400 });
  await expect(rest.branch("nobody", { entry_id: answer })).rejects.toMatchObject({ status: 404 });
  expect(await rest.list()).toHaveLength(before);
  expect(readdirSync(dirname(fileOf(session)))).toHaveLength(files);

  const unsaved = await openSession(daemon);
  expect(await rest.forkMessages(unsaved.session)).toEqual([]);
  await expect(rest.branch(unsaved.session, { entry_id: answer })).rejects.toThrow(/no file yet/);
  const ephemeral = await openSession(daemon, { ephemeral: true });
  await play(ephemeral, [{ text: "Gone soon." }]);
  await expect(rest.branch(ephemeral.session, { entry_id: answer })).rejects.toThrow(/ephemeral/);
  await expect(rest.forkMessages(ephemeral.session)).rejects.toMatchObject({ status: 409 });
});

test("a shell command before the first prompt: the branch has it", async () => {
  const session = await openSession(daemon);
  await session.bash("echo shell");
  await play(session, [{ text: "One." }]);
  const rest = restOf(daemon);
  const [first] = await rest.forkMessages(session.session);
  const { id } = await rest.branch(session.session, { entry_id: first?.entry_id ?? "" });
  const branch = await attachTo(daemon, id);
  expect(messagesOf(branch)).toMatchObject([{ role: "bashExecution", command: "echo shell" }]);
  await play(branch, [{ text: "Other." }]);
  expect(messagesOf(branch).map(({ role }) => role)).toEqual(["bashExecution", "user", "assistant"]);
  await until(branch, "the file", () => branch.transcript.info?.sessionFile);
  const second = await attachTo(daemon, id);
  expect(messagesOf(second)).toHaveLength(3);
});
