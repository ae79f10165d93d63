import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toSessionRecord } from "@pier/protocol";
import { expect, onTestFinished, test } from "vitest";
import { RestClient, RestError } from "../src/index.ts";
import { item, sessionInfo } from "./support/frames.ts";

interface Asked {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}

/** A REST client below a path prefix, whose server answers everything the same way. */
async function restOf(status: number, body: string, token?: string): Promise<{ rest: RestClient; asked: Asked[] }> {
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers } = request;
    asked.push({
      method,
      url,
      authorization: headers.authorization,
      body: String(await request.setEncoding("utf8").toArray()),
    });
    response.writeHead(status, { "x-total-count": "7" }).end(body);
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/`;
  return { rest: new RestClient({ url, ...(token !== undefined && { token }) }), asked };
}

const record = toSessionRecord(sessionInfo());

test("list, get, create, rename, kill and resume ask below the prefix, with the token as bearer", async () => {
  const { rest, asked } = await restOf(200, JSON.stringify(record), "secret");
  expect(await rest.list()).toEqual(record);
  expect(await rest.get("a/b")).toEqual(record);
  expect(await rest.create({ working_dir: "~" })).toEqual(record);
  await rest.rename("x", "Tests");
  await rest.kill("x");
  await rest.resume("x");
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /prefix/api/sessions",
    "GET /prefix/api/sessions/a%2Fb",
    "POST /prefix/api/sessions",
    "PATCH /prefix/api/sessions/x",
    "POST /prefix/api/sessions/x/kill",
    "POST /prefix/api/sessions/x/resume",
  ]);
  expect(asked.map(({ authorization }) => authorization)).toEqual(Array(6).fill("Bearer secret"));
  expect(asked[2]?.body).toBe('{"working_dir":"~"}');
  expect(asked[3]?.body).toBe('{"name":"Tests"}');
});

test("listPage asks for a page and takes the total from the header; update and markRead say what changed", async () => {
  const { rest, asked } = await restOf(200, "[]");
  expect(await rest.listPage({ status: "closed", query: "a b", limit: 5, offset: 10 })).toEqual({
    sessions: [],
    total: 7,
  });
  await rest.update("x", { render_markdown: false });
  await rest.markRead("a/b");
  expect(asked.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    "GET /prefix/api/sessions?status=closed&query=a+b&limit=5&offset=10 ",
    'PATCH /prefix/api/sessions/x {"render_markdown":false}',
    "POST /prefix/api/sessions/a%2Fb/read ",
  ]);
});

test("remove deletes; for good only when asked", async () => {
  const { rest, asked } = await restOf(200, "{}");
  await rest.remove("a/b");
  await rest.remove("s", { permanent: false });
  await rest.remove("s", { permanent: true });
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "DELETE /prefix/api/sessions/a%2Fb",
    "DELETE /prefix/api/sessions/s",
    "DELETE /prefix/api/sessions/s?permanent=true",
  ]);
});

test("search asks with its parameters", async () => {
  const { rest, asked } = await restOf(200, '{"matches":[],"truncated":false}');
  expect(await rest.search("a/b", "x &", { limit: 5, before: "s1" })).toEqual({ matches: [], truncated: false });
  expect(asked[0]?.url).toBe("/prefix/api/sessions/a%2Fb/search?query=x+%26&limit=5&before=s1");
});

test("history asks for a page", async () => {
  const { rest, asked } = await restOf(200, JSON.stringify({ messages: [item("a")], before: "a" }));
  expect(await rest.history("s", { before: "b&", window: { messages: 5 } })).toEqual({
    messages: [item("a")],
    before: "a",
  });
  expect(asked).toMatchObject([
    { url: "/prefix/api/sessions/s/history?before=b%26&messages=5", authorization: undefined },
  ]);
});

test("listFolder, completeFolder and searchFiles ask with their parameters", async () => {
  const { rest, asked } = await restOf(200, '{"entries":[]}');
  expect(await rest.listFolder("~/a b&c")).toEqual({ entries: [] });
  await rest.listFolder();
  await rest.completeFolder("");
  await rest.searchFiles("a/b", "src/ü", { limit: 5 });
  await rest.searchFiles("s", "");
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /prefix/api/fs/list?path=%7E%2Fa+b%26c",
    "GET /prefix/api/fs/list",
    "GET /prefix/api/fs/complete?prefix=",
    "GET /prefix/api/sessions/a%2Fb/files?query=src%2F%C3%BC&limit=5",
    "GET /prefix/api/sessions/s/files?query=",
  ]);
});

test("body gives the whole string, and asks nobody but the daemon", async () => {
  const { rest, asked } = await restOf(200, "the whole", "secret");
  expect(await rest.body({ href: "api/sessions/s/bodies/j5?path=content" })).toBe("the whole");
  expect(asked[0]?.url).toBe("/prefix/api/sessions/s/bodies/j5?path=content");
  for (const href of ["https://elsewhere.example/", "//elsewhere.example/", "/outside", "../outside"]) {
    await expect(rest.body({ href })).rejects.toMatchObject({ code: "BAD_ADDRESS" });
  }
  expect(asked).toHaveLength(1);
});

test("an error answer rejects with the daemon's code and words", async () => {
  const { rest } = await restOf(404, '{"error":{"code":"SESSION_NOT_FOUND","message":"No session x."}}');
  const error: unknown = await rest.get("x").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RestError);
  expect(error).toMatchObject({ status: 404, code: "SESSION_NOT_FOUND", message: "No session x." });
});

test.each(["<html>", "null", '{"error":"no"}'])(
  "an error answer of somebody else, %s, still has status and words",
  async (body) => {
    const { rest } = await restOf(502, body);
    await expect(rest.list()).rejects.toMatchObject({
      status: 502,
      code: "INTERNAL",
      message: expect.stringContaining("502"),
    });
  },
);

test("an answer that is no JSON rejects with BAD_FRAME", async () => {
  const { rest } = await restOf(200, "<html>");
  await expect(rest.list()).rejects.toMatchObject({ code: "BAD_FRAME" });
});

test("no daemon rejects with CONNECTION_LOST, an aborted signal with its reason", async () => {
  const fetch = (): Promise<never> => Promise.reject(new TypeError("refused"));
  const rest = new RestClient({ url: "http://127.0.0.1:9/", fetch });
  await expect(rest.list()).rejects.toMatchObject({
    code: "CONNECTION_LOST",
    message: expect.stringContaining("refused"),
  });
  const aborting = new RestClient({ url: "http://127.0.0.1:9/" });
  await expect(aborting.list({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});
