import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { commands, type CommandType, type Payload } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf } from "../harness/normal.ts";
import { piKnows } from "../harness/pi-under-test.ts";
import { welcomedRaw } from "../harness/raw-client.ts";
import { attachTo, openSession, play, settled, textOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
/** The session of all commands that leave it as it is. */
let shared: string | undefined;
beforeAll(async () => {
  daemon = await startTestDaemon({
    demo: { settings: { compaction: { enabled: true, reserveTokens: 1000, keepRecentTokens: 10 } } },
  });
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

/** What each command is called with, and what its reply's data must be like; called on a session of two turns. */
const calls: Record<
  CommandType,
  { members?(session: Session): object | Promise<object>; data?: object; after?(session: Session): unknown }
> = {
  prompt: { members: () => ({ message: script([{ text: "Prompted." }]) }), after: (session) => settled(session, 4) },
  steer: { members: () => ({ message: "steer when idle" }) },
  follow_up: { members: () => ({ message: "follow up when idle" }) },
  abort: {},
  clear_queue: { data: { steering: expect.any(Array), followUp: expect.any(Array) } },
  new_session: { data: { cancelled: false } },
  get_state: {
    data: { isStreaming: false, sessionFile: expect.stringMatching(/\.jsonl$/), thinkingLevel: expect.any(String) },
  },
  get_messages: { data: { messages: expect.arrayContaining([expect.objectContaining({ role: "user" })]) } },
  set_model: {
    members: () => ({ provider: "pier-demo", modelId: "demo" }),
    data: { id: "demo", provider: "pier-demo" },
  },
  cycle_model: { data: { model: { provider: "pier-demo" } } },
  get_available_models: { data: { models: expect.arrayContaining([expect.objectContaining({ id: "demo" })]) } },
  set_thinking_level: { members: () => ({ level: "low" }) },
  cycle_thinking_level: { data: { level: expect.any(String) } },
  get_available_thinking_levels: { data: { levels: expect.arrayContaining(["low", "high"]) } },
  set_steering_mode: { members: () => ({ mode: "all" }) },
  set_follow_up_mode: { members: () => ({ mode: "one-at-a-time" }) },
  compact: { data: { summary: expect.stringContaining("Summary"), tokensBefore: expect.any(Number) } },
  set_auto_compaction: { members: () => ({ enabled: true }) },
  set_auto_retry: { members: () => ({ enabled: true }) },
  abort_retry: {},
  bash: { members: () => ({ command: "echo called" }), data: { output: "called\n", exitCode: 0 } },
  abort_bash: {},
  get_session_stats: { data: { userMessages: 2, assistantMessages: 2, totalMessages: expect.any(Number) } },
  export_html: {
    members: () => ({ outputPath: join(daemon.folder, "out.html") }),
    data: { path: expect.stringContaining("out.html") },
    after: () => expect(existsSync(join(daemon.folder, "out.html"))).toBe(true),
  },
  switch_session: { members: (session) => ({ sessionPath: fileOf(session) }), data: { cancelled: false } },
  fork: {
    members: async (session) => ({ entryId: (await session.getForkMessages()).messages[1]?.entryId }),
    data: { cancelled: false, text: expect.any(String) },
  },
  clone: { data: { cancelled: false } },
  get_fork_messages: { data: { messages: [{ entryId: expect.any(String) }, { entryId: expect.any(String) }] } },
  get_entries: {
    data: {
      entries: expect.arrayContaining([expect.objectContaining({ type: "message" })]),
      leafId: expect.any(String),
    },
  },
  get_tree: {
    data: { tree: [expect.objectContaining({ entry: expect.any(Object) as unknown })], leafId: expect.any(String) },
  },
  get_last_assistant_text: { data: { text: "Second." } },
  set_session_name: { members: () => ({ name: "called" }) },
  get_commands: { data: { commands: expect.any(Array) } },
};

async function sessionFor(type: CommandType): Promise<Session> {
  const keeps = commands[type].effect === "read" || type === "export_html";
  if (keeps && shared !== undefined) return attachTo(daemon, shared);
  const session = await openSession(daemon);
  await play(session, [{ text: "First." }]);
  await play(session, [{ text: "Second." }]);
  if (keeps) shared = session.session;
  return session;
}

test.for(Object.keys(commands) as CommandType[])("%s: pi's reply reaches the one who asked", async (type, { skip }) => {
  if (!piKnows(type)) skip(`pi knows it since ${(commands[type] as { since?: string }).since}`);
  const session = await sessionFor(type);
  const { members, data, after } = calls[type];
  const payload: Payload = { type, ...(await members?.(session)) };
  const reply = await session.command(payload);
  expect(reply ?? {}).toMatchObject(data ?? {});
  await after?.(session);
});

test("a command that this pi does not know: its refusal comes back, and the next one is answered", async () => {
  const session = await openSession(daemon);
  await expect(session.command({ type: "levitate" })).rejects.toMatchObject({ command: "levitate" });
  expect(await session.getState()).toMatchObject({ isStreaming: false });
});

/** Asks over a connection of its own, with an id that others use as well. */
async function rawAsk(session: string, type: string): Promise<unknown> {
  const client = await welcomedRaw(daemon, `raw-${type}`);
  client.send({ type: "command", session, payload: { type, id: "1" } });
  return (await client.frame("the reply", (frame) => frame.type === "reply")).payload;
}

test("a command that lacks what it needs: pi's own words come back", async () => {
  const session = await openSession(daemon);
  await expect(session.command({ type: "set_model", provider: "nobody", modelId: "nothing" })).rejects.toThrow(
    /not found/i,
  );
  await expect(session.command({ type: "fork", entryId: "no-such-entry" })).rejects.toThrow(/entry/i);
});

test("commands of two clients under one id: each gets its own reply", async () => {
  const session = await openSession(daemon);
  const raw = await Promise.all(["get_commands", "get_session_stats"].map((type) => rawAsk(session.session, type)));
  expect(raw).toMatchObject([
    { id: "1", command: "get_commands", data: { commands: expect.any(Array) as unknown } },
    { id: "1", command: "get_session_stats", data: { totalMessages: 0 } },
  ]);
});

test("prompt templates and skills of the person: get_commands lists them, and a prompt uses them", async () => {
  const prompts = join(daemon.home, ".pi", "agent", "prompts");
  mkdirSync(prompts, { recursive: true });
  writeFileSync(
    join(prompts, "greet.md"),
    `---\ndescription: Greets\n---\nGreet $1.\n${script([{ text: "Hello." }])}\n`,
  );
  const session = await openSession(daemon);
  expect((await session.getCommands()).commands).toContainEqual(
    expect.objectContaining({ name: "greet", source: "prompt" }),
  );
  await session.prompt("/greet everybody");
  const messages = await settled(session);
  expect(textOf(messages.find(({ role }) => role === "user"))).toContain("Greet everybody.");
  expect(textOf(messages.at(-1))).toBe("Hello.");
  await until(session, "the end", () => !session.transcript.live.running);
});
