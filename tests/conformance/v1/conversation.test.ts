import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normal } from "../../harness/normal.ts";
import { type PiServer, startPiServer } from "./harness/pi-server.ts";
import { connect, type Frame, hello, isEvent, openSocket, streamed } from "./harness/v1-client.ts";

let server: PiServer;
beforeAll(async () => {
  server = await startPiServer();
});
afterAll(() => server.dispose());

describe("welcome", () => {
  test("after some turns, holds pi's state and all its messages, whole", async () => {
    const { client } = await connect(server);
    const long = "long ".repeat(20_000);
    await client.turn(
      script([{ think: "hm" }, { text: long }, { tool: "bash", args: { command: "seq 5000" } }, { text: "done" }]),
    );
    await client.ask({ type: "bash", command: "echo direct" });
    await client.turn("hello");

    const { welcome } = await connect(server);
    const { messages } = (await client.ask({ type: "get_messages" })).data as { messages: Frame[] };
    expect(normal(welcome.messages)).toEqual(normal(messages.filter(({ role }) => role !== "system")));
    expect(JSON.stringify(welcome.messages)).toContain(long);
    expect(JSON.stringify(welcome.messages)).not.toContain("elided");
    expect(welcome.sessionState).toEqual((await client.ask({ type: "get_state" })).data);
  });

  test("while pi works, says so in the state", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: script([{ text: "one " }, { gate: "middle" }, { text: "two" }]) });
    await server.model.gates.waitForArrival("middle");
    const { welcome } = await connect(server);
    expect(welcome.sessionState).toMatchObject({ isStreaming: true });
    server.model.gates.open("middle");
    await client.seen(isEvent("agent_settled"));
  });

  test("when pi does not answer, comes with the state that is known", async () => {
    const { client, welcome } = await connect(server);
    const { pid } = server.session.info;
    process.kill(pid as number, "SIGSTOP");
    try {
      const later = await connect(server);
      expect(later.welcome.sessionState).toMatchObject({
        sessionId: welcome.sessionState.sessionId,
        isStreaming: false,
      });
    } finally {
      process.kill(pid as number, "SIGCONT");
    }
    expect((await client.ask({ type: "get_state" })).success).toBe(true);
  });

  test("what was sent before it came, is done after it, in order", async () => {
    const client = await openSocket(server);
    client.send(hello(server));
    client.send({ type: "ping" });
    client.command({ type: "get_state", id: "early" });
    expect((await client.next()).type).toBe("welcome");
    expect((await client.next()).type).toBe("pong");
    expect((await client.next()).payload).toMatchObject({ type: "response", id: "early" });
  });
});

describe("event", () => {
  test("a turn, is told in pi's order and numbered without gaps from currentSeq + 1", async () => {
    const { client, welcome } = await connect(server);
    await client.turn(
      script([{ think: "hm" }, { text: "Hello there" }, { tool: "bash", args: { command: "echo hi" } }, { text: "." }]),
    );
    await client.ask({ type: "bash", command: "echo direct" });
    expect(client.seqs).toEqual(client.seqs.map((_, index) => welcome.currentSeq + 1 + index));
    const types = client.events.map(({ type }) => type as string);
    for (const type of ["agent_start", "message_update", "tool_execution_start", "tool_execution_end", "agent_end"]) {
      expect(types).toContain(type);
    }
    expect(types.indexOf("agent_start")).toBeLessThan(types.indexOf("agent_end"));
    expect(streamed(client.events)).toBe("Hello there.");
    expect(types.filter((type) => type.startsWith("pier_"))).toEqual([]);
    expect(new Set(client.frames.map(({ type }) => type as string))).toEqual(new Set(["welcome", "event"]));
  });

  test("agent_end, keeps the messages of the run, which version 2 leaves out", async () => {
    const { client } = await connect(server);
    await client.turn("hello");
    const end = client.events.find(({ type }) => type === "agent_end");
    expect(end?.messages.length).toBeGreaterThan(0);
  });
});

describe("command", () => {
  test.each<[string, unknown]>([
    ["a text", "my-id"],
    ["a number", 7],
    ["a big number", "12345678901234567890"],
  ])("with %s for an id, has it in the reply", async (_what, id) => {
    const { client } = await connect(server);
    client.command({ type: "get_state", id });
    const { payload } = await client.seen(({ payload: reply }) => reply?.type === "response");
    expect(payload).toMatchObject({ id, command: "get_state", success: true });
  });

  test("without an id, has none in the reply", async () => {
    const { client } = await connect(server);
    client.command({ type: "get_state" });
    const { payload } = await client.seen(({ payload: reply }) => reply?.type === "response");
    expect(payload).not.toHaveProperty("id");
  });

  test("with an id that was used before, is another command", async () => {
    const { client, welcome: before } = await connect(server);
    for (const message of ["first", "second"]) {
      const from = client.frames.length;
      client.command({ type: "prompt", id: "same", message });
      await client.seen(isEvent("agent_settled"), from);
    }
    const { welcome } = await connect(server);
    const added = welcome.messages.slice(before.messages.length) as Frame[];
    expect(added.filter(({ role }) => role === "user")).toHaveLength(2);
  });

  test("that pi does not know, fails as pi says it", async () => {
    const { client } = await connect(server);
    expect(await client.ask({ type: "dance" })).toMatchObject({
      success: false,
      command: "dance",
      error: expect.any(String),
    });
  });

  test.each<[string, unknown]>([
    ["no payload", { type: "command" }],
    ["a payload that is null", { type: "command", payload: null }],
    ["a payload that is a list", { type: "command", payload: [] }],
    ["a payload without a type", { type: "command", payload: { message: "hi" } }],
    ["an endless id", { type: "command", payload: { type: "get_state", id: "x".repeat(2_000) } }],
  ])("%s, is an INTERNAL_ERROR and nothing else", async (_what, frame) => {
    const { client } = await connect(server);
    client.send(frame);
    expect(await client.next()).toMatchObject({ type: "error", code: "INTERNAL_ERROR" });
    expect((await client.ask({ type: "get_state" })).success).toBe(true);
  });

  test("bash, tells its output under the client's own id, to the client that ran it", async () => {
    const { client } = await connect(server);
    const other = await connect(server);
    client.command({ type: "bash", id: "mine", command: "echo one; echo two" });
    await client.seen(({ payload }) => payload?.type === "response" && payload.id === "mine");
    const updates = client.events.filter(({ type }) => type === "bash_execution_update");
    expect(updates.map(({ delta }) => String(delta)).join("")).toContain("one\ntwo");
    expect(new Set(updates.map(({ id }) => id as string))).toEqual(new Set(["mine"]));
    await other.client.seen(isEvent("bash_execution_update"));
    expect(other.client.events.some(({ type }) => type === "response")).toBe(false);
  });

  test("an id between two others' tokens, cannot smuggle a second command into pi's input", async () => {
    const { client } = await connect(server, { auth: { type: "bearer", token: server.token("read") } });
    client.send(
      '{"type":"command","payload":{"id":"a","type":"get_state","x":[\n{"type":"bash","command":"touch smuggled"}\n]}}',
    );
    await client.seen(({ payload }) => payload?.id === "a");
    const { messages } = (await client.ask({ type: "get_messages" })).data as { messages: Frame[] };
    expect(messages.filter(({ command }) => String(command).includes("smuggled"))).toEqual([]);
  });

  test("replies, keep their place among the events", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: script([{ text: "go " }, { hang: true }]) });
    await client.seen(isEvent("message_update"));
    await client.ask({ type: "abort" });
    // The next test's client must not hear of it.
    await client.seen(isEvent("agent_settled"));
    const types = client.events.map(({ type, command }) =>
      type === "response" ? (command as string) : (type as string),
    );
    expect(types.indexOf("agent_end")).toBeLessThan(types.indexOf("abort"));
  });
});

test("ping, is answered with pong and has no number", async () => {
  const { client } = await connect(server);
  client.send({ type: "ping" });
  expect(await client.next()).toEqual({ type: "pong" });
});

describe("several clients", () => {
  test("each sees everything, numbered for itself, and only its own replies", async () => {
    const one = await connect(server);
    const two = await connect(server);
    await one.client.ask({ type: "get_state" });
    await Promise.all([one.client.turn("hello"), two.client.seen(isEvent("agent_settled"))]);
    const events = (frames: Frame[]): Frame[] => frames.filter(({ type }) => type !== "response");
    expect(events(two.client.events)).toEqual(events(one.client.events));
    expect(two.client.events.some(({ type }) => type === "response")).toBe(false);
    for (const { client, welcome } of [one, two]) {
      expect(client.seqs).toEqual(client.seqs.map((_, index) => welcome.currentSeq + 1 + index));
    }
  });

  test("new_session, leaves its client where it is and lets the others come again", async () => {
    const one = await connect(server);
    const two = await connect(server);
    await one.client.turn("before");
    await one.client.ask({ type: "new_session" });
    expect((await two.client.closed()).code).toBe(1012);
    const again = await connect(server);
    expect(again.welcome.messages).toEqual([]);
    await one.client.turn("after");
    await again.client.seen(isEvent("agent_settled"));
    expect(one.client.closing).toBeUndefined();
  });
});
