import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rpcDemo } from "../../harness/pi-under-test.ts";
import { type PiServer, startPiServer } from "./harness/pi-server.ts";
import { connect, type Frame, isEvent, isRequest } from "./harness/v1-client.ts";

let server: PiServer;
beforeAll(async () => {
  server = await startPiServer({ piArgs: ["-e", rpcDemo] });
});
afterAll(() => server.dispose());

const dangerous = script([{ tool: "bash", args: { command: "sudo -n true" } }, { echo: "last-tool" }]);
const notified = (text: string) => (frame: Frame) => isRequest("notify")(frame) && frame.message === text;

describe("extension_ui_request", () => {
  test("setTitle, setWidget and setStatus of before the client came, follow welcome with numbers of their own", async () => {
    const { client, welcome } = await connect(server);
    expect(await client.next()).toMatchObject({
      type: "extension_ui_request",
      seq: welcome.currentSeq + 1,
      method: "setTitle",
    });
    expect(await client.next()).toMatchObject({
      seq: welcome.currentSeq + 2,
      method: "setWidget",
      widgetKey: "rpc-demo",
      widgetLines: ["--- RPC Extension UI Demo ---", "Loaded and ready."],
    });
    expect(await client.next()).toMatchObject({
      seq: welcome.currentSeq + 3,
      method: "setStatus",
      statusText: "Turns: 0",
    });
  });

  test("setTitle, setWidget and setStatus in the moment, come as pi says them", async () => {
    const { client } = await connect(server);
    await client.seen(isRequest("setStatus"));
    const from = client.frames.length;
    client.command({ type: "new_session", id: "n" });
    const { id } = await client.seen(isRequest("confirm"));
    client.send({ type: "extension_ui_response", id, confirmed: true });
    expect(await client.seen(isRequest("setTitle"), from)).toMatchObject({ title: "pi RPC Demo (new session)" });
    await client.seen(isRequest("setWidget"), from);
    expect(await client.seen(isRequest("setStatus"), from)).not.toHaveProperty("session");
    await client.seen(({ payload }) => (payload as Frame | undefined)?.id === "n");
  });

  test("select, offers what the clients of version 1 can choose from, and takes the choice", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: dangerous });
    const request = await client.seen(isRequest("select"));
    expect(request).toMatchObject({ title: "Dangerous command: sudo -n true", seq: expect.any(Number) });
    expect(request.options).toEqual([
      { label: "Allow", value: "Allow" },
      { label: "Block", value: "Block" },
    ]);
    client.send({ type: "extension_ui_response", id: request.id, value: request.options[0].value });
    await client.seen(notified("Command allowed"));
    await client.seen(isEvent("agent_settled"));
  });

  test("select, answered with what is none of the options, says so and stays open", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: dangerous });
    const { id } = await client.seen(isRequest("select"));
    client.send({ type: "extension_ui_response", id, value: "nope" });
    expect(await client.seen(({ type }) => type === "error")).toMatchObject({
      message: expect.stringContaining("none of the dialog's options"),
    });
    client.send({ type: "extension_ui_response", id, value: "Allow" });
    await client.seen(notified("Command allowed"));
    await client.seen(isEvent("agent_settled"));
  });

  test("select, answered as a confirm is, and confirm as a select: says so and stays open", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: dangerous });
    const select = await client.seen(isRequest("select"));
    client.send({ type: "extension_ui_response", id: select.id, confirmed: true });
    expect(await client.seen(({ type }) => type === "error")).toMatchObject({
      message: expect.stringContaining("answered with a value, or cancelled"),
    });
    client.send({ type: "extension_ui_response", id: select.id, value: "Allow" });
    await client.seen(notified("Command allowed"));
    await client.seen(isEvent("agent_settled"));
    const from = client.frames.length;
    client.command({ type: "new_session", id: "n" });
    const confirm = await client.seen(isRequest("confirm"));
    client.send({ type: "extension_ui_response", id: confirm.id, value: "Allow" });
    expect(await client.seen(({ type }) => type === "error", from)).toMatchObject({
      message: expect.stringContaining("answered with confirmed, true or false, or cancelled"),
    });
    client.send({ type: "extension_ui_response", id: confirm.id, confirmed: false });
    await client.seen(notified("Clear cancelled"));
  });

  test.each<[string, object]>([
    ["cancelled", { cancelled: true }],
    ["nothing at all", {}],
  ])("select answered with %s, is closed", async (_what, answer) => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: dangerous });
    const { id } = await client.seen(isRequest("select"));
    client.send({ type: "extension_ui_response", id, ...answer });
    await client.seen(notified("Command blocked by user"));
    await client.seen(isEvent("agent_settled"));
  });

  test("confirm, answered with false, changes nothing", async () => {
    const { client } = await connect(server);
    client.command({ type: "new_session", id: "n" });
    const request = await client.seen(isRequest("confirm"));
    expect(request).toMatchObject({ title: "Clear session?", message: "All messages will be lost." });
    client.send({ type: "extension_ui_response", id: request.id, confirmed: false });
    await client.seen(notified("Clear cancelled"));
    const { payload } = await client.seen((frame) => frame.payload?.id === "n");
    expect(payload).toMatchObject({ success: true, data: { cancelled: true } });
  });

  test("input, has its placeholder where the clients show it", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: "/rpc-input" });
    const request = await client.seen(isRequest("input"));
    expect(request).toMatchObject({
      title: "Enter a value",
      placeholder: "type something...",
      message: "type something...",
    });
    client.send({ type: "extension_ui_response", id: request.id, value: "mine", cancelled: false });
    await client.seen(notified("You entered: mine"));
  });

  test("editor, has its text where the clients take it from", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: "/rpc-editor" });
    const request = await client.seen(isRequest("editor"));
    expect(request).toMatchObject({ prefill: "Line 1\nLine 2\nLine 3", defaultValue: "Line 1\nLine 2\nLine 3" });
    client.send({ type: "extension_ui_response", id: request.id, value: `${request.defaultValue}\nLine 4` });
    await client.seen(notified("Editor submitted (4 lines)"));
  });

  test("set_editor_text and notify, come in their moment", async () => {
    const { client } = await connect(server);
    client.command({ type: "prompt", message: "/rpc-prefill" });
    expect(await client.seen(isRequest("set_editor_text"))).toMatchObject({
      text: "This text was set by the rpc-demo extension.",
    });
    expect(await client.seen(notified("Editor prefilled"))).toMatchObject({ notifyType: "info" });
  });
});

describe("answers", () => {
  test("of two clients, the first wins and the second is told", async () => {
    const one = (await connect(server)).client;
    const two = (await connect(server)).client;
    one.command({ type: "prompt", message: "/rpc-input" });
    const [{ id }] = await Promise.all([one.seen(isRequest("input")), two.seen(isRequest("input"))]);
    two.send({ type: "extension_ui_response", id, value: "two" });
    await Promise.all([one.seen(notified("You entered: two")), two.seen(notified("You entered: two"))]);
    one.send({ type: "extension_ui_response", id, value: "one" });
    expect(await one.seen(({ type }) => type === "error")).toMatchObject({ code: "EXTENSION_UI_TIMEOUT" });
    expect(one.frames.some(notified("You entered: one"))).toBe(false);
  });

  test.each<[string, object]>([
    ["without an id", { value: "x" }],
    ["with an id that is no text", { id: 1, value: "x" }],
  ])("%s, are an INTERNAL_ERROR", async (_what, answer) => {
    const { client } = await connect(server);
    client.send({ type: "extension_ui_response", ...answer });
    expect(await client.seen(({ type }) => type === "error")).toMatchObject({ code: "INTERNAL_ERROR" });
  });
});

describe("a dialog that nobody sees", () => {
  test("within its time, is shown to whoever comes next", async () => {
    const first = (await connect(server)).client;
    first.command({ type: "prompt", message: "/rpc-editor" });
    const { id } = await first.seen(isRequest("editor"));
    first.socket.terminate();
    const { client } = await connect(server);
    expect(await client.seen(isRequest("editor"))).toMatchObject({ id, defaultValue: "Line 1\nLine 2\nLine 3" });
    client.send({ type: "extension_ui_response", id, value: "x" });
    await client.seen(notified("Editor submitted (1 lines)"));
  });

  test("after its time, is closed, and an answer to it is EXTENSION_UI_TIMEOUT", async () => {
    const hasty = await startPiServer({ piArgs: ["-e", rpcDemo], uiTimeout: 1 });
    try {
      const first = (await connect(hasty)).client;
      first.command({ type: "prompt", message: "/rpc-input" });
      const { id } = await first.seen(isRequest("input"));
      first.socket.terminate();
      await first.closed();
      const late = await answerWhenGone(hasty, id as string);
      expect(late).toMatchObject({ type: "error", code: "EXTENSION_UI_TIMEOUT" });
    } finally {
      await hasty.dispose();
    }
  });
});

/** Comes again until the dialog is not shown any more, and answers it then. Resolves with the server's words. */
async function answerWhenGone(hasty: PiServer, id: string): Promise<Frame> {
  for (;;) {
    const { client } = await connect(hasty);
    client.send({ type: "ping" });
    await client.seen(({ type }) => type === "pong");
    const shown = client.frames.some(isRequest("input"));
    if (!shown) {
      client.send({ type: "extension_ui_response", id, value: "late" });
      return client.seen(({ type }) => type === "error");
    }
    client.socket.terminate();
    await client.closed();
  }
}
