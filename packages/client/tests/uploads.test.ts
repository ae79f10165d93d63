import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { RestClient } from "../src/index.ts";

interface Asked {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  type: string | undefined;
  body: string;
}

async function restOf(status: number, answer: string): Promise<{ rest: RestClient; asked: Asked[] }> {
  const asked: Asked[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, headers } = request;
    const body = String(await request.setEncoding("utf8").toArray());
    asked.push({ method, url, authorization: headers.authorization, type: headers["content-type"], body });
    response.writeHead(status).end(answer);
  };
  const server = createServer((request, response) => void take(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/`;
  return { rest: new RestClient({ url, token: "secret" }), asked };
}

const files = [
  { name: "a.txt", content: new Blob(["one"]) },
  { name: 'b "2".txt', content: new Blob(["two"]) },
];

test("forkMessages, branch, uploads, removeUpload and limits ask below the prefix", async () => {
  const { rest, asked } = await restOf(200, "{}");
  await rest.forkMessages("a/b");
  await rest.branch("s", { entry_id: "e", name: "n" });
  await rest.uploads("s");
  await rest.removeUpload("s", "u/1");
  await rest.limits();
  expect(asked.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    "GET /prefix/api/sessions/a%2Fb/fork-messages ",
    'POST /prefix/api/sessions/s/branch {"entry_id":"e","name":"n"}',
    "GET /prefix/api/sessions/s/uploads ",
    "DELETE /prefix/api/sessions/s/uploads/u%2F1 ",
    "GET /prefix/api/limits ",
  ]);
  expect(new URL(rest.uploadAddress("s", "u?")).pathname).toBe("/prefix/api/sessions/s/uploads/u%3F");
});

test("upload posts a form with the files under their names", async () => {
  const { rest, asked } = await restOf(201, '[{"id":"u1"}]');
  expect(await rest.upload("s", files)).toEqual([{ id: "u1" }]);
  expect(asked).toMatchObject([
    { method: "POST", url: "/prefix/api/sessions/s/uploads", authorization: "Bearer secret" },
  ]);
  expect(asked[0]?.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(asked[0]?.body).toMatch(/filename="a.txt"[^]*one[^]*filename="b %222%22.txt"[^]*two/);
});

test("upload that is refused rejects with the daemon's words; one that is aborted with the reason; one without a daemon says so", async () => {
  const { rest } = await restOf(413, '{"error":{"code":"TOO_LARGE","message":"Too large."}}');
  await expect(rest.upload("s", files)).rejects.toMatchObject({
    status: 413,
    code: "TOO_LARGE",
    message: "Too large.",
  });
  await expect(rest.upload("s", files, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  const nobody = new RestClient({ url: "http://127.0.0.1:1/" });
  await expect(nobody.upload("s", files)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

/** What a browser has, as far as it is used. */
class StandInRequest {
  static last: StandInRequest;
  upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  headers: Record<string, string> = {};
  opened: string[] = [];
  form: FormData | undefined;
  constructor() {
    StandInRequest.last = this;
  }
  open(...opened: string[]): void {
    this.opened = opened;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(form: FormData): void {
    this.form = form;
  }
  abort(): void {
    this.onabort?.();
  }
}

test("upload with progress, in a browser: told how far it is, and ended by its signal", async () => {
  vi.stubGlobal("XMLHttpRequest", StandInRequest);
  onTestFinished(() => void vi.unstubAllGlobals());
  const rest = new RestClient({ url: "http://127.0.0.1:1/", token: "secret" });
  const onProgress = vi.fn<(progress: object) => void>();
  const uploaded = rest.upload("s", files, { onProgress });
  const request = StandInRequest.last;
  expect(request.opened).toEqual(["POST", "http://127.0.0.1:1/api/sessions/s/uploads"]);
  expect(request.headers).toEqual({ authorization: "Bearer secret" });
  expect(request.form?.getAll("files")).toHaveLength(2);
  request.upload.onprogress?.({ loaded: 3, total: 6 });
  expect(onProgress).toHaveBeenCalledWith({ sent: 3, total: 6 });
  request.status = 201;
  request.responseText = "[]";
  request.onload?.();
  expect(await uploaded).toEqual([]);

  const lost = rest.upload("s", files, { onProgress });
  StandInRequest.last.onerror?.();
  await expect(lost).rejects.toMatchObject({ code: "CONNECTION_LOST" });

  const ends = new AbortController();
  const ended = rest.upload("s", files, { onProgress, signal: ends.signal });
  ends.abort();
  await expect(ended).rejects.toMatchObject({ name: "AbortError" });
});
