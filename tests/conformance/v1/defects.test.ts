import { script } from "@pier/demo-model";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rpcDemo } from "../../harness/pi-under-test.ts";
import { type PiServer, startPiServer } from "./harness/pi-server.ts";
import { connect, type Frame, hello, isEvent, isRequest, openSocket, streamed } from "./harness/v1-client.ts";

// What the first server of this protocol got wrong, in the order of its list. What only a client can get right is
// tested with the client.

let server: PiServer;
beforeEach(async ({ task }) => {
  const agent = /^(defect [12378]|defect 11)[:,]/.test(task.name)
    ? { agent: "raw-records" }
    : { piArgs: ["-e", rpcDemo] };
  server = await startPiServer(agent);
});
afterEach(() => server.dispose());

describe("the server's part", () => {
  test.each(["null", "0", '""', "[]", "[null]", "true", '{"type":null}', '{"type":"hello"}', '{"type":"command"}'])(
    "defect 1: a frame that is just %s after welcome, is answered, and everybody stays",
    async (text) => {
      const other = await connect(server);
      const { client } = await connect(server);
      client.send(text);
      expect(await client.next()).toMatchObject({ type: "error", code: "INTERNAL_ERROR" });
      for (const one of [client, other.client]) expect((await one.ask({ type: "get_state" })).success).toBe(true);
    },
  );

  test("defect 2: a socket that never says hello, hears nothing and takes nobody's place", async () => {
    const silent = await openSocket(server);
    const refused = await openSocket(server);
    refused.send(hello(server, { auth: undefined }));
    await refused.closed();
    const { client } = await connect(server);
    await client.turn("numbers");
    expect(silent.frames).toEqual([]);
    expect(refused.frames.map(({ code }) => code as string)).toEqual(["UNAUTHORIZED"]);
  });

  test("defect 3: after pi died, its clients learn why, and the next one finds another pi", async () => {
    const { client } = await connect(server);
    const { pid } = server.session.info;
    client.command({ type: "prompt", message: "exit 3" });
    expect((await client.closed()).code).toBe(1011);
    expect(client.frames.at(-1)).toMatchObject({ type: "error", code: "PI_PROCESS_ERROR" });
    expect(client.frames.at(-1)?.message).toContain("the fixture was told to end");
    const again = await connect(server);
    expect(server.session.info.pid).not.toBe(pid);
    await again.client.turn("numbers");
  });

  test("defect 3, when no pi can be had: every client is told so, and none waits", async () => {
    await server.session.close();
    const client = await openSocket(server);
    client.send(hello(server));
    expect(await client.next()).toMatchObject({ type: "error", code: "SESSION_NOT_FOUND" });
    expect((await client.closed()).code).toBe(1011);
  });

  test("defect 3, when the session is closed under a client: it is told so", async () => {
    const { client } = await connect(server);
    await server.session.close();
    expect((await client.closed()).code).toBe(1011);
    expect(client.frames.at(-1)).toMatchObject({ type: "error", code: "SESSION_NOT_FOUND" });
  });

  test("defect 3, when nothing is left of the session: its clients are told so", async () => {
    const { client } = await connect(server);
    server.session.removed("It is gone.");
    expect((await client.closed()).code).toBe(1011);
    expect(client.frames.at(-1)).toMatchObject({ type: "error", code: "SESSION_NOT_FOUND" });
  });

  test("defect 4: what happened while a client was away, and the message in flight, are there when it comes", async () => {
    const first = await connect(server);
    await first.client.turn("before");
    first.client.command({
      type: "prompt",
      message: script([{ think: "so" }, { text: "It was " }, { gate: "away" }, { text: "a joy" }]),
    });
    await server.model.gates.waitForArrival("away");
    await first.client.seen(isEvent("message_update"));
    first.client.socket.terminate();

    const { client, welcome } = await connect(server);
    expect(JSON.stringify(welcome.messages)).toContain("before");
    server.model.gates.open("away");
    await client.seen(isEvent("agent_settled"));
    expect(streamed(client.events)).toBe("It was a joy");
    const types = client.events.map(({ type }) => type as string);
    expect(types.slice(0, 2)).toEqual(["agent_start", "message_start"]);
    expect(types.filter((type) => type === "agent_start")).toHaveLength(1);
    const requests = client.frames.filter(({ type }) => type === "extension_ui_request").length;
    expect(client.seqs).toEqual(client.seqs.map((_, index) => welcome.currentSeq + 1 + index));
    expect(client.seqs).toHaveLength(client.events.length + requests);
  });

  test("defect 4: blocks that ended and a tool that runs, come as the stream that they were", async () => {
    const first = await connect(server);
    const command = "printf part; tail -f /dev/null"; // It goes on until it is aborted.
    first.client.command({
      type: "prompt",
      message: script([{ think: "so" }, { text: "Asking" }, { tool: "bash", args: { command } }]),
    });
    await first.client.seen(isEvent("tool_execution_start"));
    const { client, welcome } = await connect(server);
    const { payload } = await client.seen(isEvent("tool_execution_start"));
    expect(payload).toMatchObject({ toolName: "bash", args: { command: expect.stringContaining("printf part") } });
    expect(JSON.stringify(welcome.messages)).toContain("Asking");
    await client.ask({ type: "abort" });
  });

  test("defect 5: a select dialog, can be answered by clients that know options with a label and a value", async () => {
    const { client } = await connect(server);
    client.command({
      type: "prompt",
      message: script([{ tool: "bash", args: { command: "sudo -n true" } }, { text: "." }]),
    });
    const { id, options } = await client.seen(isRequest("select"));
    client.send({ type: "extension_ui_response", id, value: (options as { value: string }[])[1]?.value });
    expect(await client.seen(isRequest("notify"))).toMatchObject({ message: "Command blocked by user" });
    await client.seen(isEvent("agent_settled"));
  });

  test("defect 6: two dialogs at once and one from before, are all shown and answered each for itself", async () => {
    const first = await connect(server);
    for (const message of ["/rpc-input", "/rpc-editor"]) first.client.command({ type: "prompt", message });
    await Promise.all([first.client.seen(isRequest("input")), first.client.seen(isRequest("editor"))]);
    first.client.socket.terminate();
    const { client } = await connect(server);
    const editor = await client.seen(isRequest("editor"));
    const input = await client.seen(isRequest("input"));
    client.send({ type: "extension_ui_response", id: editor.id, value: "a\nb" });
    client.send({ type: "extension_ui_response", id: input.id, value: "c" });
    await client.seen(({ message }) => message === "Editor submitted (2 lines)");
    await client.seen(({ message }) => message === "You entered: c");
  });

  test("defect 7: a reader that stops reading, is given up with 1013 and finds everything when it comes again", async () => {
    const { client: reader } = await connect(server);
    const { client: stalled, welcome } = await connect(server);
    stalled.socket.pause();
    await reader.turn("flood 40");
    expect(reader.events.filter(({ type }) => type === "filler")).toHaveLength(40_000);
    await reader.turn("numbers");
    stalled.socket.resume();
    expect((await stalled.closed()).code).toBe(1013);
    const taken = stalled.texts.reduce((sum, text) => sum + text.length, 0);
    // What the daemon queues at most, and what the system's own buffers hold.
    expect(taken).toBeLessThan(16 * 1024 * 1024);
    expect(stalled.seqs).toEqual(stalled.seqs.map((_, index) => welcome.currentSeq + 1 + index));
    const again = await connect(server, { lastSeq: stalled.seqs.at(-1) });
    expect(again.welcome.messages).toHaveLength(1);
    expect(again.welcome.currentSeq).toBeGreaterThanOrEqual(stalled.seqs.at(-1) as number);
  });

  test("defect 8: large frames before hello, close the socket without an answer", async () => {
    const client = await openSocket(server);
    client.send(JSON.stringify({ ...hello(server), padding: "x".repeat(5_000) }));
    expect((await client.closed()).code).toBe(1009);
    expect(client.frames).toEqual([]);
  });

  test("defect 8: a page of another site, gets no socket", async () => {
    await expect(openSocket(server, { origin: "https://evil.example" })).rejects.toThrow("403");
  });

  test("defect 10: a client that left in mid-sentence, is brought out of it when the turn ended meanwhile", async () => {
    const first = await connect(server);
    await first.client.turn("hello");
    const { client } = await connect(server, { lastSeq: first.client.seqs.at(-1) });
    await client.seen(isEvent("agent_end"));
    expect(client.events.map(({ type }) => type as string)).toEqual(["agent_start", "agent_end"]);
  });

  test("defect 10: a client that comes for the first time, hears of no turn that is over", async () => {
    const first = await connect(server);
    await first.client.turn("hello");
    const { client } = await connect(server);
    client.send({ type: "ping" });
    await client.seen(({ type }) => type === "pong");
    expect(client.events).toEqual([]);
  });

  test("defect 11: many clients at once, are welcomed, and nothing but an error comes before welcome", async () => {
    const busy = await connect(server);
    busy.client.command({ type: "prompt", message: "flood 2" });
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(server)));
    await busy.client.seen(isEvent("agent_settled"));
    for (const { client } of clients) expect(client.frames[0]?.type).toBe("welcome");
    const all = await Promise.all(clients.map(({ client }) => client.ask({ type: "get_state" })));
    expect(all.every((reply: Frame) => reply.success === true)).toBe(true);
  });

  test("defect 11: a socket that says no hello in time, is closed", { timeout: 20_000 }, async () => {
    const client = await openSocket(server);
    client.send("still not json");
    expect((await client.closed()).code).toBe(4408);
  });
});

// Defect 9 is `bytes.test.ts`. Of defect 11, the exit code after SIGTERM and the port that is printed belong to the
// command line.
