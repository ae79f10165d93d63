import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { limits, type UploadRecord } from "@pier/protocol";
import { expect, test } from "vitest";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { info, openHttp } from "./open-http.ts";

const boundary = "----x";
const form = { "content-type": `multipart/form-data; boundary=${boundary}` };
const part = (name: string, content: string, type = "text/plain") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
const body = (...parts: string[]) => `${parts.join("")}--${boundary}--\r\n`;

/** Its session `s1` has a file; what is posted goes through a real socket. */
async function open() {
  const opened = openHttp();
  const folder = temporaryFolder();
  mkdirSync(folder);
  const sessionFile = join(folder, "session.jsonl");
  writeFileSync(sessionFile, "");
  opened.sessions.get.mockReturnValue({ ...info, sessionFile });
  await opened.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = opened.app.server.address() as AddressInfo;
  opened.auth.listensOn(port);
  const shared = join(folder, "uploads", "_shared");
  const send = async (
    method: string,
    path: string,
    { payload, token = opened.local, headers = {} }: Sent = {},
  ): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(payload !== undefined && { body: payload }),
    });
    const text = await answer.text();
    return {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: text,
      json: <T>() => JSON.parse(text) as T,
    };
  };
  const post = (payload: string | Buffer, more: Omit<Sent, "payload"> = {}): Promise<Answer> =>
    send("POST", "/api/sessions/s1/uploads", { payload, ...more, headers: { ...form, ...more.headers } });
  return { ...opened, port, shared, sessionFile, call: send, post };
}

interface Sent {
  payload?: string | Buffer;
  token?: string | null;
  headers?: Record<string, string>;
}

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  json<T>(): T;
}

const codeOf = (answer: { statusCode: number; json(): unknown }): unknown[] => [
  answer.statusCode,
  (answer.json() as { error?: { code: string } }).error?.code,
];

test("POST uploads, two files: 201, and both are there", async () => {
  const { post, call, shared } = await open();
  const answer = await post(body(part("a.txt", "one"), part("b.txt", "two", "text/x; charset=utf-8")));
  expect(answer.statusCode).toBe(201);
  const records = answer.json<UploadRecord[]>();
  expect(records).toMatchObject([
    { name: "a.txt", size: 3, mime_type: "text/plain", used: false },
    { name: "b.txt", size: 3, mime_type: "text/x", used: false },
  ]);
  for (const { sha256, name } of records) expect(readFileSync(join(shared, sha256, name), "utf8")).toMatch(/one|two/);
  expect((await call("GET", "/api/sessions/s1/uploads")).json()).toEqual(records);
  expect((await call("GET", "/api/limits")).json()).toEqual(limits);
});

test("5. A form is taken by this route alone, and by it nothing else: 415", async () => {
  const { post, call } = await open();
  const json = { "content-type": "application/json" };
  for (const url of [
    "/api/sessions",
    "/api/sessions/s1/branch",
    "/api/pairing",
    "/api/sessions/s1/kill",
    "/api/nothing",
  ])
    expect(codeOf(await call("POST", url, { payload: body(part("a", "a")), headers: form }))).toEqual([
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ]);
  for (const type of [
    json["content-type"],
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/mixed; boundary=x",
    "",
  ])
    expect(codeOf(await post("{}", { headers: { "content-type": type } }))).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
});

test("5. A form of another page, with the cookie of a device: refused before it is read", async () => {
  const { post, pair, shared, port } = await open();
  const cookie = `pier_${port}=${pair("admin").token}`;
  const send = (headers: Record<string, string>) =>
    post(body(part("a.txt", "a")), { token: null, headers: { cookie, ...headers } });
  for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1", `http://127.0.0.1:${port}.evil.example`])
    expect(codeOf(await send({ origin }))).toEqual([403, "FORBIDDEN"]);
  for (const site of ["cross-site", "same-site", "none"])
    expect(codeOf(await send({ "sec-fetch-site": site }))).toEqual([403, "FORBIDDEN"]);
  // A browser that says nothing of where a request comes from: then the cookie does not count.
  expect(codeOf(await send({}))).toEqual([401, "UNAUTHENTICATED"]);
  expect(() => readdirSync(shared)).toThrow(/ENOENT/);
  expect((await send({ origin: `http://127.0.0.1:${port}` })).statusCode).toBe(201);
});

test("what needs a scope: reading takes no files, and takes none away", async () => {
  const { post, pair, call } = await open();
  const [{ id } = { id: "" }] = (await post(body(part("a", "a")))).json<UploadRecord[]>();
  const { token } = pair("read");
  expect(codeOf(await post(body(part("a", "a")), { token }))).toEqual([403, "FORBIDDEN"]);
  expect(codeOf(await call("DELETE", `/api/sessions/s1/uploads/${id}`, { token }))).toEqual([403, "FORBIDDEN"]);
  expect((await call("GET", `/api/sessions/s1/uploads/${id}`, { token })).body).toBe("a");
});

test("413 as soon as Content-Length says so, and by what comes where it says nothing", async () => {
  const { port, local, shared, post } = await open();
  // Said in the header, and never sent: the answer does not wait for it.
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST /api/sessions/s1/uploads HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${local}\r\nContent-Type: ${form["content-type"]}\r\nContent-Length: ${limits.uploadRequest + 1}\r\n\r\n`,
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1.1 413/);
  socket.destroy();
  const many = Array.from({ length: limits.uploadFiles + 1 }, (_, index) => part(`${index}`, `${index}`));
  expect(codeOf(await post(body(...many)))).toEqual([413, "TOO_LARGE"]);
  expect(readdirSync(shared).filter((name) => name !== ".incoming")).toEqual([]);
  expect(readdirSync(join(shared, ".incoming"))).toEqual([]);
});

test("forms that make no sense: 400, and nothing of them stays", async () => {
  const { post, shared } = await open();
  const bodies = [
    body(),
    "",
    "nonsense",
    part("a.txt", "torn").slice(0, -10),
    `${part("a.txt", "whole")}--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="b"\r\n\r\ntorn`,
    `--${boundary}\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue\r\n--${boundary}--\r\n`,
    `--${boundary}\r\n\r\n\r\n--${boundary}--\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="__proto__"; filename="a"\r\n\r\nx\r\n--${boundary}--\r\n`,
  ];
  for (const payload of bodies)
    expect([payload, ...codeOf(await post(payload))]).toEqual([payload, 400, "BAD_REQUEST"]);
  for (const type of ["multipart/form-data; boundary=", "multipart/form-data;", "multipart/form-data; boundary=other"])
    expect(codeOf(await post(body(part("a", "a")), { headers: { "content-type": type } }))).toEqual([
      400,
      "BAD_REQUEST",
    ]);
  expect(readdirSync(join(shared, ".incoming"))).toEqual([]);
  expect(readdirSync(shared)).toEqual([".incoming"]);
});

test("12. What is served back: only a real image is called one, all in a sandbox, as a download", async () => {
  const { post, call } = await open();
  const png = "\x89PNG\r\n\x1a\n";
  const hostile = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const parts = [
    part("a.svg", hostile, "image/svg+xml"),
    part("a.html", "<script>", "text/html"),
    part("a.png", "<script>", "image/png"),
  ];
  const records = (await post(body(...parts))).json<UploadRecord[]>();
  for (const { id } of records) {
    const { headers } = await call("GET", `/api/sessions/s1/uploads/${id}`);
    expect(headers).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    });
    expect(headers["content-disposition"]).toMatch(/^attachment; filename\*=UTF-8''/);
  }
  const [image] = (await post(Buffer.from(body(part("it's.html", png, "text/html")), "latin1"))).json<UploadRecord[]>();
  const { headers } = await call("GET", `/api/sessions/s1/uploads/${image?.id}`);
  expect(headers["content-type"]).toBe("image/png");
  expect(headers["content-disposition"]).toBe("attachment; filename*=UTF-8''it%27s.html");
});

test("10. A file that the agent put something else in the place of: not served", async () => {
  const { post, call, shared } = await open();
  const [{ id, sha256 } = { id: "", sha256: "" }] = (await post(body(part("a", "root:x")))).json<UploadRecord[]>();
  const path = join(shared, sha256, "a");
  const get = async () => codeOf(await call("GET", `/api/sessions/s1/uploads/${id}`));
  for (const put of [
    () => symlinkSync("/etc/passwd", path),
    () => writeFileSync(path, "something longer"),
    () => mkdirSync(path),
    () => {},
  ]) {
    rmSync(path, { recursive: true, force: true });
    put();
    expect(await get()).toEqual([404, "NOT_FOUND"]);
  }
});

test("uploads of nobody: 404 each", async () => {
  const { call, sessions } = await open();
  expect(codeOf(await call("GET", "/api/sessions/s1/uploads/x"))).toEqual([404, "NOT_FOUND"]);
  expect(codeOf(await call("DELETE", "/api/sessions/s1/uploads/x"))).toEqual([404, "NOT_FOUND"]);
  expect(codeOf(await call("GET", "/api/sessions/s1/uploads/..%2f..%2fetc"))).toEqual([404, "NOT_FOUND"]);
  sessions.get.mockReset();
  sessions.get.mockReturnValue({ ...info, sessionFile: "/nowhere/gone.jsonl" });
  expect(
    codeOf(await call("POST", "/api/sessions/s1/uploads", { payload: body(part("a", "a")), headers: form })),
  ).toEqual([409, "CONFLICT"]);
});
