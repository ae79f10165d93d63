import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { script } from "@pier/demo-model";
import { splitAttachedFiles, type UserMessage } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, fileOf } from "../harness/normal.ts";
import { attachTo, messagesOf, openSession, play, restOf, settled, textOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ demo: { settings: { images: { autoResize: false } } } });
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

async function savedSession(): Promise<Session> {
  const session = await openSession(daemon);
  await play(session, [{ text: "Hello." }]);
  return session;
}

const file = (name: string, content: string | Buffer, type = "") => ({
  name,
  content: new Blob([content], { type }),
});
const sha = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");
const sharedOf = (session: Session) => join(dirname(fileOf(session)), "uploads", "_shared");
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Prompts with uploads, as the wire has it. */
const promptWith = (session: Session, message: string, ids: string[], more: object = {}) =>
  session.command({ type: "prompt", message, pier_upload_ids: ids, ...more });

test("upload: a file is on disk once, private, by its content; it is listed and served back", async () => {
  const session = await savedSession();
  const rest = restOf(daemon);
  const content = randomBytes(300_000);
  const [first] = await rest.upload(session.session, [file("data.bin", content, "application/x-data")]);
  expect(first).toEqual({
    id: expect.any(String),
    name: "data.bin",
    size: content.length,
    mime_type: "application/x-data",
    sha256: sha(content),
    used: false,
  });
  const path = join(sharedOf(session), sha(content), "data.bin");
  expect(readFileSync(path)).toEqual(content);
  expect([path, dirname(path), sharedOf(session)].map(modeOf)).toEqual(["600", "700", "700"]);
  const [second] = await rest.upload(session.session, [file("other name.bin", content)]);
  expect(second?.id).not.toBe(first?.id);
  expect(statSync(path).ino).toBe(statSync(join(dirname(path), "other name.bin")).ino);
  expect(await rest.uploads(session.session)).toEqual([first, second]);
  const served = await fetch(rest.uploadAddress(session.session, first?.id ?? ""), {
    headers: { authorization: `Bearer ${daemon.token}` },
  });
  expect(Buffer.from(await served.arrayBuffer())).toEqual(content);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox") as string,
    "content-disposition": "attachment; filename*=UTF-8''data.bin",
  });
  expect(readdirSync(join(sharedOf(session), ".incoming"))).toEqual([]);
});

test("prompt, steer and follow_up with uploads: the model gets paths, and images themselves", async () => {
  const session = await savedSession();
  const rest = restOf(daemon);
  const [text, image] = await rest.upload(session.session, [
    file("notes.txt", "notes", "text/plain"),
    file("dot", dot),
  ]);
  expect(image?.mime_type).toBe("image/png");
  const said = script([{ echo: "images" }]);
  await promptWith(session, said, [text?.id ?? "", image?.id ?? ""]);
  const messages = await settled(session, 2);
  expect(textOf(messages.at(-1))).toBe(`1 image, image/png ${dot.length} bytes`);
  const { content } = messages[0] as UserMessage;
  const prompt = textOf({
    role: "user",
    content: (content as { type: string }[]).filter(({ type }) => type === "text"),
  });
  expect(splitAttachedFiles(prompt)).toEqual({
    text: said,
    files: [
      { path: join(sharedOf(session), sha("notes"), "notes.txt"), mimeType: "text/plain", size: 5 },
      { path: join(sharedOf(session), sha(dot), "dot"), mimeType: "image/png", size: dot.length },
    ],
  });
  expect(readFileSync(splitAttachedFiles(prompt).files[0]?.path ?? "", "utf8")).toBe("notes");
  const saved = entriesOf(fileOf(session)).findLast(({ message }) => message?.role === "user")?.message;
  expect(saved).toEqual(messages[0]);

  await session.prompt(script([{ text: "Begin" }, { gate: "steer" }, { text: "End." }]));
  await session.command({
    type: "steer",
    message: script([{ text: "Steered." }]),
    piface_upload_ids: [text?.id ?? ""],
  });
  await session.command({
    type: "follow_up",
    message: script([{ text: "Followed." }]),
    pier_upload_ids: [text?.id ?? ""],
  });
  daemon.model.gates.open("steer");
  const later = (await settled(session, 4)).concat(await settled(session, 6), await settled(session, 8));
  const asked = later.filter(({ role }) => role === "user").map(textOf);
  expect(asked.filter((one) => splitAttachedFiles(one).files.length === 1).length).toBeGreaterThanOrEqual(2);
  expect((await rest.uploads(session.session)).map(({ used }) => used)).toEqual([true, true]);
});

test("uploads with what takes none, ids of nobody, ids of another session: one clear answer each", async () => {
  const session = await savedSession();
  const other = await savedSession();
  const [mine] = await restOf(daemon).upload(session.session, [file("a.txt", "a")]);
  const id = mine?.id ?? "";
  const shell = session.command({ type: "bash", command: "ls", pier_upload_ids: [id] });
  await expect(shell).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(shell).rejects.toThrow(/shell command takes no files/);
  await expect(session.command({ type: "compact", pier_upload_ids: [id] })).rejects.toThrow(/only prompts/);
  await expect(promptWith(session, "x", ["nothing"])).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(promptWith(other, "x", [id])).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(promptWith(session, "x", id as never)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(session.command({ type: "prompt", pier_upload_ids: [id] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  expect(messagesOf(session)).toHaveLength(2);
  await promptWith(session, script([{ text: "None." }]), []);
  expect(textOf((await settled(session, 2)).at(-1))).toBe("None.");
});

test("a file that no prompt names can be taken back; one that a prompt names stays with the session", async () => {
  const session = await savedSession();
  const rest = restOf(daemon);
  const [one, two] = await rest.upload(session.session, [file("one.txt", "same"), file("two.txt", "same")]);
  const folder = join(sharedOf(session), sha("same"));
  await rest.removeUpload(session.session, one?.id ?? "");
  expect(readdirSync(folder)).toEqual(["two.txt"]);
  await promptWith(session, script([{ text: "Seen." }]), [two?.id ?? ""]);
  await settled(session, 2);
  await expect(rest.removeUpload(session.session, two?.id ?? "")).rejects.toMatchObject({ status: 409 });
  await expect(rest.removeUpload(session.session, one?.id ?? "")).rejects.toMatchObject({ status: 404 });
  expect(readdirSync(folder)).toEqual(["two.txt"]);
});

test("a branch inherits the files; they are kept through kill, resume and a restart of the daemon", async () => {
  const session = await savedSession();
  const rest = restOf(daemon);
  const [upload] = await rest.upload(session.session, [file("plan.md", "# Plan")]);
  await promptWith(session, script([{ text: "Read." }]), [upload?.id ?? ""]);
  await settled(session, 2);
  const second = (await rest.forkMessages(session.session))[1];
  const branch = await rest.branch(session.session, { entry_id: second?.entry_id ?? "" });
  const [inherited] = await rest.uploads(branch.id);
  expect(inherited).toEqual({ ...upload, id: inherited?.id, used: true });
  expect(inherited?.id).not.toBe(upload?.id);
  await rest.kill(session.session);
  await daemon.kill();
  await daemon.start();
  await rest.resume(session.session);
  expect(await rest.uploads(session.session)).toEqual([{ ...upload, used: true }]);
  const attached = await attachTo(daemon, branch.id);
  await promptWith(attached, script([{ text: "Again." }]), [inherited?.id ?? ""]);
  expect(textOf((await settled(attached, 2)).at(-1))).toBe("Again.");
});

test("sessions without a file take none, and say why before anything is sent", async () => {
  const rest = restOf(daemon);
  const fresh = await openSession(daemon);
  await expect(rest.upload(fresh.session, [file("a", "a")])).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining("first answer") as string,
  });
  const ephemeral = await openSession(daemon, { ephemeral: true });
  await play(ephemeral, [{ text: "Hi." }]);
  await expect(rest.upload(ephemeral.session, [file("a", "a")])).rejects.toThrow(/ephemeral/);
  await expect(rest.upload("nobody", [file("a", "a")])).rejects.toMatchObject({ status: 404 });
});

test("hostile names, nothing in a file, many at once: each lands as a file of its own", async () => {
  const session = await savedSession();
  const names = [
    "../../../escape",
    "..\\up.txt",
    "a\u202Eb.txt",
    ".ssh",
    "nul\0byte",
    "x".repeat(500),
    'q"uote',
    "-rf",
  ];
  const files = names.map((name, index) => file(name, `content ${index}`));
  const uploaded = await restOf(daemon).upload(session.session, [...files, file("empty.txt", "")]);
  expect(uploaded).toHaveLength(9);
  expect(uploaded.at(-1)).toMatchObject({ size: 0, sha256: sha("") });
  for (const { name, sha256, size } of uploaded)
    expect(statSync(join(sharedOf(session), sha256, name)).size).toBe(size);
  expect(existsSync(join(dirname(fileOf(session)), "escape"))).toBe(false);
});

test("one file uploaded ten times at once: ten references, one content", async () => {
  const session = await savedSession();
  const content = randomBytes(2_000_000);
  const uploads = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      restOf(daemon).upload(session.session, [file(`${index % 2}.bin`, content)]),
    ),
  );
  expect(new Set(uploads.flat().map(({ id }) => id)).size).toBe(10);
  const folder = join(sharedOf(session), sha(content));
  expect(readdirSync(folder).toSorted()).toEqual(["0.bin", "1.bin"]);
  expect(new Set(readdirSync(folder).map((name) => statSync(join(folder, name)).ino)).size).toBe(1);
  await Promise.all(uploads.flat().map(({ id }) => restOf(daemon).removeUpload(session.session, id)));
  expect(existsSync(folder)).toBe(false);
});
