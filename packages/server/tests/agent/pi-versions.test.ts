import { script } from "@pier/demo-model";
import type { Payload } from "@pier/protocol";
import { expect, test } from "vitest";
import { atLeast } from "../../src/agent/pi-version.ts";
import { AgentClient } from "./agent-client.ts";
import { model, piVersion, realSession } from "./real-pi-host.ts";

/** What clients were told, record by record. */
function eventsOf({ follower }: AgentClient): Payload[] {
  return follower.frames.flatMap((frame) =>
    frame.type === "event" ? [frame.payload] : frame.type === "events" ? frame.payloads : [],
  );
}

/** What an event is about, in a word, the same for every version. */
function shape(event: Payload): string {
  if (event.type.startsWith("message_")) {
    const update = event.assistantMessageEvent as { type: string } | undefined;
    return update?.type ?? `${event.type} ${(event.message as { role: string }).role}`;
  }
  return event.type;
}

/** Shapes without the repetition of deltas, the daemon's own questions and what is hidden from people. */
function shapesOf(client: AgentClient): string[] {
  const own = new Set(["message_start system", "message_end system", "response"]);
  const shapes = eventsOf(client).map(shape);
  return shapes.filter((one) => !own.has(one)).filter((one, at, all) => one !== all[at - 1]);
}

const roles = (client: AgentClient): unknown[] =>
  client.follower.messages.map((message) => (message as { role: string }).role);

/** Messages without what only the file knows. */
function withoutTimes(client: AgentClient): unknown[] {
  return client.follower.messages.map((message) => ({ ...(message as object), timestamp: undefined }));
}

const wholeTurn = `
  agent_start, turn_start, message_start user, message_end user,
  message_start assistant, thinking_start, thinking_delta, text_start, text_delta, toolcall_start, toolcall_delta,
  thinking_end, text_end, toolcall_end, message_end assistant,
  tool_execution_start, tool_execution_update, tool_execution_end, message_start toolResult, message_end toolResult,
  turn_end, turn_start,
  message_start assistant, text_start, text_delta, text_end, message_end assistant,
  turn_end, agent_end, agent_settled
`
  .trim()
  .split(/,\s+/);

test("a turn with thinking, text and a tool comes as the same events from every version", async () => {
  const { client } = await realSession();
  const command = "echo hi; sleep 0.2; echo ho";
  await client.prompt(
    script([{ think: "hmm" }, { text: "Hello there" }, { tool: "bash", args: { command } }, { text: "done" }]),
  );
  await client.settled();
  expect(shapesOf(client)).toEqual(wholeTurn);
  expect(roles(client)).toEqual(["user", "assistant", "toolResult", "assistant"]);
  const updates = eventsOf(client).filter(({ type }) => type === "message_update");
  const partials = updates.map((event) => (event.assistantMessageEvent as { partial?: unknown }).partial);
  expect([...partials, ...updates.map(({ message }) => message)].every((whole) => whole === undefined)).toBe(true);
  const begun = updates
    .map((event) => event.assistantMessageEvent)
    .filter((event) => (event as Payload).type === "toolcall_start");
  expect(begun).toEqual([{ type: "toolcall_start", contentIndex: 2, id: expect.any(String), toolName: "bash" }]);
});

test("what is in flight is the same to one who was there and to one who comes in mid-sentence", async () => {
  const { host, client } = await realSession();
  await client.prompt(script([{ think: "hmm" }, { text: "Hello there" }, { gate: "mid" }, { text: " and more" }]));
  await model.gates.waitForArrival("mid");
  await client.until(() => JSON.stringify(client.follower.live.message).includes("there"));
  const late = await AgentClient.attach(host, client.id);
  const inFlight = ({ follower }: AgentClient) => ({ ...follower.view(), notices: follower.notices });
  expect(inFlight(late)).toEqual(inFlight(client));
  model.gates.open("mid");
  await late.settled();
  expect(late.texts.at(-1)).toBe("Hello there and more");
});

test("messages of the journal, of the next daemon and of the session file are the same", async () => {
  const { host, client } = await realSession();
  await client.prompt(script([{ tool: "bash", args: { command: "echo hi" } }, { text: "done" }]));
  await client.settled();
  expect(await client.ask({ type: "bash", command: "echo direct" })).toMatchObject({ success: true });
  await client.until(() => client.follower.messages.length === 5);
  const live = withoutTimes(client);
  expect(live.at(-1)).toMatchObject({ role: "bashExecution", command: "echo direct", output: "direct\n" });
  await host.restart();
  const next = await AgentClient.attach(host, client.id);
  expect(withoutTimes(next)).toEqual(live);
  await host.sessions.session(client.id).park();
  await next.until(() => host.sessions.get(client.id).activity === "parked");
  const parked = await AgentClient.attach(host, client.id);
  expect(withoutTimes(parked)).toEqual(live);
});

test("a compaction gives an item of the same look, live and from the file", async () => {
  const { host, client } = await realSession({ compaction: { keepRecentTokens: 10 } });
  for (let turn = 1; turn <= 2; turn++) {
    await client.prompt(script([{ tokens: 200 }]));
    await client.settled(turn);
  }
  expect(await client.ask({ type: "compact" })).toMatchObject({ success: true });
  await client.until(() => roles(client).includes("compactionSummary"));
  const live = withoutTimes(client);
  await host.sessions.session(client.id).park();
  const parked = await AgentClient.attach(host, client.id);
  expect(withoutTimes(parked)).toEqual(live);
});

test("a shell command during a turn is one item, and stays one", async () => {
  const { host, client } = await realSession();
  await client.prompt(script([{ text: "Hello" }, { gate: "shell" }, { text: " there" }]));
  await model.gates.waitForArrival("shell");
  expect(await client.ask({ type: "bash", command: "echo 1.0", excludeFromContext: true })).toMatchObject({
    success: true,
  });
  model.gates.open("shell");
  await client.settled();
  await host.restart();
  const next = await AgentClient.attach(host, client.id);
  expect(new Set(roles(next))).toEqual(new Set(["user", "assistant", "bashExecution"]));
  await next.prompt(script([{ text: "Again." }]));
  await next.settled();
  expect(roles(next).filter((role) => role === "bashExecution")).toHaveLength(1);
});

test("unknown commands, settings and names are answered and shown", async () => {
  const { client } = await realSession();
  expect(await client.ask({ type: "nonsense" })).toMatchObject({ success: false, error: "Unknown command: nonsense" });
  expect(await client.ask({ type: "set_thinking_level", level: "low" })).toMatchObject({ success: true });
  await client.until(() => client.follower.live.pi?.thinkingLevel === "low");
  expect(await client.ask({ type: "set_session_name", name: "Pier" })).toMatchObject({ success: true });
  await client.until(() => client.follower.live.pi?.sessionName === "Pier");
});

test("abort, new_session and fork leave nothing of the turn before in flight", async () => {
  const { client } = await realSession();
  await client.prompt(script([{ text: "Hello" }, { gate: "never" }]));
  await model.gates.waitForArrival("never");
  expect(await client.ask({ type: "abort" })).toMatchObject({ success: true });
  await client.until(() => !client.follower.live.running);
  expect(client.follower.live.tail()).toEqual([]);
  await client.prompt(script([{ text: "More" }, { gate: "again" }]));
  await model.gates.waitForArrival("again");
  expect(await client.ask({ type: "new_session" })).toMatchObject({ success: true });
  await client.until(() => client.follower.messages.length === 0 && !client.follower.live.running);
  await client.prompt(script([{ text: "Anew." }]));
  await client.until(() => client.follower.messages.length === 2 && !client.follower.live.running);
  const { data } = await client.ask({ type: "get_fork_messages" });
  const [{ entryId }] = (data as { messages: [{ entryId: string }] }).messages;
  expect(await client.ask({ type: "fork", entryId })).toMatchObject({ success: true });
  await client.until(() => client.follower.messages.length === 0);
});

test("pi is killed before it answered: the prompt is in the file, or it is offered", async () => {
  const { host, client } = await realSession();
  const prompt = script([{ text: "Half" }, { gate: "killed" }]);
  await client.prompt(prompt);
  await model.gates.waitForArrival("killed");
  process.kill(host.sessions.get(client.id).pid as number, "SIGKILL");
  await client.until(() => host.sessions.get(client.id).activity === "parked");
  const texts = host.sessions.session(client.id).offered.map(({ text }) => text);
  // From 0.99 on the file is written with the user's message.
  expect(texts).toEqual(atLeast(piVersion, "0.99.0") ? [] : [prompt]);
});
