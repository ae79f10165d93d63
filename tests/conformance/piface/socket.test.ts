import { script } from "@pier/demo-model";
import { limits, splitAttachedFiles } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { rpcDemo } from "../../harness/pi-under-test.ts";
import { type Frame, openRaw, type RawClient } from "../../harness/raw-client.ts";
import { messagesOf, openSession, play, restOf, textOf, until } from "../../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo] });
});
afterAll(() => daemon.dispose());

const connectTo = (id: string, token = daemon.token): Promise<RawClient> =>
  openRaw(daemon, `/ws/sessions/${encodeURIComponent(id)}`, { authorization: `Bearer ${token}` });

const typed = (type: string) => (frame: Frame) => frame.type === type;
const replyTo = (id: string) => (frame: Frame) => frame.type === "response" && frame.id === id;
const rolesOf = (frame: Frame) => (frame.messages as { role: string }[]).map(({ role }) => role);

/** What was streamed of a text so far. */
const streamed = ({ frames }: RawClient) =>
  frames
    .map(({ assistantMessageEvent: event }) => event as { type: string; delta?: string } | undefined)
    .map((event) => (event?.type === "text_delta" ? event.delta : ""))
    .join("");

async function newSession(name?: string): Promise<string> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, ...(name !== undefined && { name }) });
  return id;
}

test("a turn: replay and state first, then commands of pi in and its records out", async () => {
  const id = await newSession("by piface");
  const client = await connectTo(id);
  expect(await client.frame("the replay", typed("piface_replay"))).toEqual({ type: "piface_replay", messages: [] });
  const state = await client.frame("the state", typed("piface_session_state"));
  expect(state).toMatchObject({ session: { id, name: "by piface", status: "live", working_dir: daemon.folder } });
  client.send({ id: "mine", type: "prompt", message: script([{ think: "Hm." }, { text: "Said." }]) });
  expect(await client.frame("the reply", replyTo("mine"))).toMatchObject({ command: "prompt", success: true });
  await client.frame("the end", typed("agent_end"));
  const types = client.frames.map(({ type }) => type);
  for (const type of ["agent_start", "message_start", "message_update", "message_end", "turn_end"])
    expect(types).toContain(type);
  expect(types.every((type) => !type.startsWith("pier_") && type !== "event")).toBe(true);
  expect(client.frames.every((frame) => frame.seq === undefined && frame.payload === undefined)).toBe(true);

  client.send({ type: "piface_get_history" });
  const again = await client.frame(
    "another replay",
    (frame) => typed("piface_replay")(frame) && rolesOf(frame).length > 0,
  );
  expect(rolesOf(again)).toEqual(["user", "assistant"]);
  const late = await connectTo(id);
  expect(await late.frame("the replay", typed("piface_replay"))).toEqual(again);
});

test("who comes in mid-sentence gets the sentence", async () => {
  const id = await newSession();
  const first = await connectTo(id);
  first.send({ type: "prompt", message: script([{ text: "The beginning, " }, { gate: "mid" }, { text: "the end." }]) });
  await daemon.model.gates.waitForArrival("mid");
  await first.frame("the beginning", () => streamed(first).startsWith("The beginning"));
  const late = await connectTo(id);
  await late.frame("the beginning", () => streamed(late).startsWith("The beginning"));
  expect(late.frames.findIndex(typed("agent_start"))).toBeLessThan(late.frames.findIndex(typed("message_update")));
  daemon.model.gates.open("mid");
  await late.frame("the end", typed("agent_end"));
  expect(
    textOf(
      late.frames.findLast(
        ({ type, message }) => type === "message_end" && (message as { role: string }).role === "assistant",
      )?.message as never,
    ),
  ).toBe("The beginning, the end.");
});

test("!command and !!command: run in the session's folder; of the second the model hears nothing", async () => {
  const id = await newSession();
  const client = await connectTo(id);
  client.send({ id: "in", type: "prompt", message: "!pwd" });
  expect(await client.frame("the first", replyTo("in"))).toMatchObject({
    command: "bash",
    success: true,
    data: { output: `${daemon.folder}\n`, exitCode: 0 },
  });
  client.send({ id: "out", type: "steer", message: "!!echo private" });
  expect(await client.frame("the second", replyTo("out"))).toMatchObject({
    command: "bash",
    success: true,
    data: { output: "private\n", excludeFromContext: true },
  });
  client.send({ type: "prompt", message: script([{ echo: "messages" }]) });
  const end = await client.frame("the end", typed("agent_end"));
  expect(JSON.stringify(end)).not.toContain("private");
  expect(textOf((end.messages as never[]).at(-1))).toMatch(/user user$/);
});

test("abort_bash ends !!command; its output was streamed under the client's own id", async () => {
  const id = await newSession();
  const client = await connectTo(id);
  client.send({ id: "long", type: "prompt", message: "!!echo begun; sleep 1000" });
  await client.frame("its output", (frame) => frame.type === "bash_execution_update" && frame.id === "long");
  client.send({ type: "abort_bash" });
  expect(await client.frame("its end", replyTo("long"))).toMatchObject({ data: { cancelled: true } });
});

test("piface_upload_ids: become a list of paths; they cannot be combined with ! and !!", async () => {
  const id = await newSession();
  const client = await connectTo(id);
  client.send({ type: "prompt", message: script([{ text: "First." }]) });
  // Only then the session is known to have a file, and takes another prompt.
  await client.frame("the end", typed("agent_settled"));
  const [upload] = await restOf(daemon).upload(id, [{ name: "a.txt", content: new Blob(["a"]) }]);
  for (const [index, message] of ["!ls", "!!ls"].entries()) {
    client.send({ id: `s${index}`, type: "prompt", message, piface_upload_ids: [upload?.id] });
    expect(await client.frame("a refusal", replyTo(`s${index}`))).toMatchObject({
      success: false,
      error: expect.stringContaining("shell command takes no files") as string,
    });
  }
  client.send({ type: "prompt", message: script([{ text: "Second." }]), piface_upload_ids: [upload?.id] });
  const said = await client.frame(
    "the prompt",
    (frame) => frame.type === "message_end" && JSON.stringify(frame).includes("a.txt"),
  );
  expect(splitAttachedFiles(textOf(said.message as never)).files).toMatchObject([
    { mimeType: "application/octet-stream", size: 1 },
  ]);
});

test("a question: asked on every socket of the session, announced on those of others, answered once", async () => {
  const id = await newSession();
  const [client, other] = [await connectTo(id), await connectTo(await newSession())];
  await other.frame("the state", typed("piface_session_state"));
  await client.frame("the state", typed("piface_session_state"));
  client.send({ type: "prompt", message: "/rpc-input" });
  const asked = await client.frame(
    "the question",
    (frame) => frame.type === "extension_ui_request" && frame.method === "input",
  );
  const announced = await other.frame("the announcement", typed("piface_attention_required"));
  expect(announced).toMatchObject({
    session_id: id,
    request: { type: "extension_ui_request", id: asked.id, method: "input" },
  });
  const late = await connectTo(id);
  await late.frame("the question", (frame) => frame.type === "extension_ui_request" && frame.id === asked.id);
  late.send({ type: "extension_ui_response", id: asked.id, value: "an answer" });
  await client.frame(
    "what follows",
    (frame) => frame.method === "notify" && JSON.stringify(frame).includes("an answer"),
  );
  client.send({ type: "extension_ui_response", id: asked.id, value: "too late" });
  await client.frame("a refusal", typed("piface_error"));
});

test("side by side with version 2: both see the same turn, and a kill ends the socket with words", async () => {
  const session = await openSession(daemon);
  const client = await connectTo(session.session);
  await client.frame("the state", typed("piface_session_state"));
  await play(session, [{ text: "By the other." }]);
  await client.frame(
    "the turn",
    (frame) => frame.type === "message_end" && JSON.stringify(frame).includes("By the other."),
  );
  client.send({ type: "set_session_name", name: "renamed" });
  await client.frame(
    "the name",
    (frame) => (frame.session as unknown as { name?: string } | undefined)?.name === "renamed",
  );
  client.send({ type: "new_session" });
  const { id } = await client.frame("the question", ({ method }) => method === "confirm");
  client.send({ type: "extension_ui_response", id, confirmed: true });
  await client.frame("another replay", (frame) => typed("piface_replay")(frame) && client.frames.indexOf(frame) > 5);
  await until(session, "the new conversation", () => session.transcript.caughtUp && messagesOf(session).length === 0);
  await restOf(daemon).kill(session.session);
  expect(await client.end()).toBe(4409);
  expect(client.frames.at(-1)).toMatchObject({ type: "piface_error" });
});

test("sessions that are closed, or not there: words, and a close code", async () => {
  const id = await newSession();
  await restOf(daemon).kill(id);
  for (const [session, code] of [
    [id, 4409],
    ["nobody", 4404],
    ["../../etc", 4404],
    ["%zz", 4404],
  ] as const) {
    const client = await connectTo(session);
    expect([session, await client.end()]).toEqual([session, code]);
    expect(client.frames).toEqual([{ type: "piface_error", message: expect.any(String) as string }]);
  }
});

test("strangers and pages of others: refused at the upgrade", async () => {
  const id = await newSession();
  const tried = (headers: Record<string, string>): Promise<unknown> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${daemon.url.replace("http", "ws")}/ws/sessions/${id}`, { headers });
      socket.on("error", () => {});
      socket.on("unexpected-response", (_, { statusCode }) => resolve(statusCode));
      socket.on("open", () => resolve("open"));
    });
  expect(await tried({})).toBe(401);
  expect(await tried({ authorization: "Bearer nonsense" })).toBe(401);
  expect(await tried({ authorization: `Bearer ${daemon.token}`, origin: "https://evil.example" })).toBe(403);
  expect(await tried({ authorization: `Bearer ${daemon.token}`, host: "evil.example" })).toBe(403);
});

test("messages that are none: words each, the session goes on, and after a hundred the socket ends", async () => {
  const id = await newSession();
  const client = await connectTo(id);
  const bad = [
    "",
    "null",
    "[]",
    "7",
    "{}",
    "nonsense",
    '{"type":7}',
    '{"type":"piface_nonsense"}',
    '{"type":"extension_ui_response"}',
    `{"type":"prompt","x":${"[".repeat(limits.frameDepth + 1)}${"]".repeat(limits.frameDepth + 1)}}`,
  ];
  for (const text of bad) client.send(text);
  await client.frame("an error each", () => client.frames.filter(typed("piface_error")).length === bad.length);
  client.send({ id: "state", type: "get_state" });
  expect(await client.frame("the state", replyTo("state"))).toMatchObject({ success: true });
  client.send({ id: "x", type: "switch_session", sessionPath: "/etc/passwd" });
  expect(await client.frame("a refusal", replyTo("x"))).toMatchObject({ success: false });
  for (let count = 0; count < 100; count++) client.send("nonsense");
  expect(await client.end()).toBe(4400);
});
