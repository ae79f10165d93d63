import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import { script } from "../script/script.ts";
import { startDemoModel } from "./start-demo-model.ts";
import type { DemoModel, LogRecord } from "./start-demo-model.ts";

let model: DemoModel;
const log: LogRecord[] = [];
beforeAll(async () => {
  model = await startDemoModel({ bodyBytes: 100_000, log: (record) => log.push(record) });
});
afterAll(() => model.close());

const post = (body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(`${model.url}/chat/completions`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
const ask = (content: unknown, signal?: AbortSignal): Promise<Response> =>
  post({ model: "demo", stream: true, messages: [{ role: "user", content }] }, signal);
const control = (path: string, method = "GET"): Promise<Response> =>
  fetch(new URL(`/control/gates${path}`, model.url), { method });

interface Chunk {
  choices: { delta: { content?: string }; finish_reason: string | null }[];
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}
function readChunks(sse: string): Chunk[] {
  const events = sse.split("\n\n").filter((event) => event !== "");
  expect(events.pop()).toBe("data: [DONE]");
  return events.map((event) => JSON.parse(event.slice("data: ".length)) as Chunk);
}

describe("chat completions", () => {
  test("a reply streams, and ends with a reason, its usage and DONE", async () => {
    const response = await ask(script([{ text: "one two" }]));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const chunks = readChunks(await response.text());
    expect(chunks.map(({ choices }) => choices[0]?.delta.content)).toEqual(["", "one", " two", undefined, undefined]);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    const usage = chunks.at(-1)?.usage;
    expect(usage?.completion_tokens).toBe(2);
    expect(usage?.prompt_tokens).toBeGreaterThan(5);
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + 2);
  });

  test("a finish reason is what the script says", async () => {
    const response = await ask(script([{ text: "cut" }, { finish: "length" }]));
    expect(readChunks(await response.text()).at(-2)?.choices[0]?.finish_reason).toBe("length");
  });

  test.each([
    ["{", 400, "invalid_json", "the body must be JSON"],
    ["[]", 400, "invalid_request", "the body must be a JSON object"],
    ["{}", 400, "invalid_request", '"stream" must be true'],
    ['{"stream":true}', 400, "invalid_request", '"messages" must be an array'],
    ['{"stream":true,"messages":[1]}', 400, "invalid_request", "messages[0] must be an object"],
    ['{"stream":true,"messages":[{"role":"system"}]}', 400, "invalid_request", "a user message"],
  ])("%s is refused", async (body, status, code, message) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(await response.json()).toMatchObject({
      error: { code, message: expect.stringContaining(message) },
    });
  });

  test("strange contents, calls and images do no harm", async () => {
    const response = await post({
      stream: true,
      tools: [null, { function: null }, { function: { name: "x" } }],
      messages: [
        {
          role: "assistant",
          content: null,
          tool_calls: [null, { id: "a", function: { arguments: "{" } }],
        },
        { role: "tool", tool_call_id: "zz", content: 5 },
        {
          role: "user",
          content: [null, 7, { image_url: { url: "x" } }, { text: script([{ echo: "images" }]) }],
        },
      ],
    });
    expect(await response.text()).toContain("image");
  });

  test("a scripted HTTP error has its status and words", async () => {
    const response = await ask(script([{ http: 418, message: "short and stout" }]));
    expect(response.status).toBe(418);
    expect(await response.json()).toMatchObject({ error: { message: "short and stout" } });
  });

  test("a dropped stream breaks off", async () => {
    const response = await ask(script([{ text: "half" }, { drop: true }, { text: "whole" }]));
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("the limit of the body holds at, and refuses over, announced or not", async () => {
    const body = JSON.stringify({
      stream: true,
      messages: [{ role: "user", content: script([{ text: "ok" }]) }],
    });
    expect((await post(body.padEnd(100_000))).status).toBe(200);
    expect((await post(body.padEnd(100_001))).status).toBe(413);
    const stream = ReadableStream.from([Buffer.from(body.padEnd(100_001))]);
    const unannounced = await fetch(`${model.url}/chat/completions`, {
      method: "POST",
      body: stream,
      duplex: "half",
    });
    expect(unannounced.status).toBe(413);
  });

  test("a body announced as too large is refused before it comes", async () => {
    const path = "/v1/chat/completions";
    const headers = { "content-length": 100_001 };
    const sent = request({ port: model.port, host: "127.0.0.1", method: "POST", path, headers });
    sent.on("error", () => {});
    sent.flushHeaders();
    const [response] = (await once(sent, "response")) as [{ statusCode: number }];
    expect(response.statusCode).toBe(413);
    sent.destroy();
  });

  test("a client that leaves ends its stream, at a gate and in mid flow", async () => {
    for (const steps of [script([{ gate: "left" }]), script([{ tokens: LIMITS.tokens }])]) {
      const leaving = new AbortController();
      const response = await ask(steps, leaving.signal);
      await response.body?.getReader().read();
      leaving.abort();
      await expect.poll(() => log.at(-1)?.outcome).toBe("left");
      log.length = 0;
    }
    expect(model.gates.list()).toEqual([]);
  });

  test("a client that leaves in mid body, or talks nonsense, does no harm", async () => {
    const torn = connect(model.port, "127.0.0.1");
    torn.end("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{");
    torn.resume();
    await once(torn, "close");
    const nonsense = connect(model.port, "127.0.0.1");
    nonsense.end("\u0000\u0001 nonsense\r\n\r\n");
    nonsense.resume();
    await once(nonsense, "close");
    const health = await fetch(new URL("/healthz", model.url));
    expect(await health.json()).toMatchObject({ ok: true, model: "pier-demo", streams: 0 });
  });
});

describe("other paths", () => {
  test("models are listed", async () => {
    const response = await fetch(`${model.url}/models`);
    expect(await response.json()).toMatchObject({
      data: [{ id: "demo" }, { id: "demo-reasoning" }],
    });
  });

  test("gates are watched, listed and opened over HTTP", async () => {
    const response = await ask(script([{ gate: "far" }, { text: "through" }]));
    expect(await (await control("/far")).json()).toEqual({ name: "far", arrived: true });
    expect(await (await control("")).json()).toEqual({
      gates: [{ name: "far", waiting: 1, open: false }],
    });
    expect(await (await control("/far", "POST")).json()).toEqual({ name: "far", released: 1 });
    expect(await response.text()).toContain("through");
  });

  test.each([
    ["/control/gates/a%20b", "GET", 400],
    ["/control/gates", "POST", 405],
    ["/control/gates/a", "DELETE", 405],
    ["/v1/chat/completions", "GET", 405],
    ["/nowhere", "GET", 404],
  ])("%s with %s is %i", async (path, method, status) => {
    const response = await fetch(new URL(path, model.url), { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty("error.message");
  });

  test.each([
    [{ host: "evil.example" }, 403],
    [{ host: "127.0.0.1.evil.example" }, 403],
    [{ host: "localhost", origin: "http://localhost:1" }, 403],
    [{ host: "LOCALHOST:1" }, 200],
    [{ host: "[::1]:1" }, 200],
  ])("a request with %j is %i", async (headers, status) => {
    const sent = request({ port: model.port, host: "127.0.0.1", path: "/healthz", headers }).end();
    const [response] = (await once(sent, "response")) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(status);
  });
});

describe("startDemoModel", () => {
  test("a host that is not loopback is refused", async () => {
    await expect(startDemoModel({ host: "0.0.0.0" })).rejects.toThrow('host is "0.0.0.0"');
  });

  test("a port that is taken is the listener's error", async () => {
    await expect(startDemoModel({ port: model.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  test("close ends streams that hang, and may be called twice", async () => {
    const other = await startDemoModel();
    const body = JSON.stringify({
      stream: true,
      messages: [{ role: "user", content: script([{ hang: true }]) }],
    });
    const response = await fetch(`${other.url}/chat/completions`, { method: "POST", body });
    const text = response.text();
    await other.gates.waitForArrival("hang");
    await Promise.all([other.close(), other.close()]);
    await expect(text).rejects.toThrow("terminated");
  });
});
