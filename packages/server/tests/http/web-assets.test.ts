import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { openHttp } from "./open-http.ts";

const page = `<link href="%base%/_app/immutable/a.js" rel="modulepreload"><script src="%base%/start.js"></script>`;

function built(): string {
  const folder = temporaryFolder();
  const files = {
    "index.html": page,
    "start.js": "start",
    "favicon.svg": "<svg/>",
    "_app/immutable/a.js": "plain",
    "_app/immutable/a.js.br": "brotli",
    "_app/immutable/a.js.gz": "gzip",
    "diagram.html": "<script>one</script><script>two</script>",
    "remote-image.html": "<script>one</script>",
    ".stamp": "secret",
    "notes.exe": "no type of ours",
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

describe("the built web interface", () => {
  test("without a build the pages say how to make one", async () => {
    const answer = await openHttp().call("GET", "/session/s1", { token: null });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain("npm start");
  });

  test("every page is the same page, under the prefix, with no credential and never kept without asking", async () => {
    const { call } = openHttp({ basePath: "/pier" }, { webFolder: built() });
    for (const url of ["/", "/session/s1", "/settings", "/sign-in", "/pier/session/s1"]) {
      const answer = await call("GET", url, { token: null });
      expect([url, answer.statusCode, answer.headers["cache-control"]]).toEqual([url, 200, "no-cache"]);
      expect(answer.body).toBe(page.replaceAll("%base%", "/pier"));
    }
  });

  test("an address that is none: the page for a person, JSON for a program and below /api", async () => {
    const { call } = openHttp({}, { webFolder: built() });
    const visit = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const shown = await call("GET", "/no/such/page", { token: null, headers: visit });
    expect([shown.statusCode, shown.body]).toEqual([404, page.replaceAll("%base%", "")]);
    for (const [method, url, headers] of [
      ["GET", "/no/such/page", { accept: "*/*" }],
      ["POST", "/no/such/page", visit],
      ["GET", "/_app/immutable/none.js", visit],
    ] as const) {
      const answer = await call(method, url, { token: null, headers });
      expect([answer.statusCode, answer.json()]).toMatchObject([404, { error: { code: "NOT_FOUND" } }]);
    }
    expect((await call("GET", "/api/none", { token: null, headers: visit })).statusCode).toBe(401);
  });

  test("a page for a frame: a sandbox with its own scripts and nothing else, which only this origin may embed", async () => {
    const { call } = openHttp({}, { webFolder: built() });
    const digest = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
    const rest = "form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    const policies = {
      "/diagram.html": `script-src ${digest("one")} ${digest("two")}; style-src 'unsafe-inline'; ${rest}`,
      "/remote-image.html": `script-src ${digest("one")}; style-src 'unsafe-inline'; img-src https: http:; ${rest}`,
    };
    for (const [url, policy] of Object.entries(policies)) {
      const { headers } = await call("GET", url, { token: null });
      expect(headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": `sandbox allow-scripts; default-src 'none'; ${policy}`,
        "x-frame-options": "SAMEORIGIN",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      const again = await call("GET", url, { token: null, headers: { "if-none-match": String(headers.etag) } });
      expect([again.statusCode, again.headers["content-security-policy"]]).toEqual([
        304,
        headers["content-security-policy"],
      ]);
    }
  });

  test("files named by their content are kept for good, others are asked for by their tag", async () => {
    const { call } = openHttp({}, { webFolder: built() });
    const chunk = await call("GET", "/_app/immutable/a.js", { token: null });
    expect(chunk.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "text/javascript; charset=utf-8",
      "content-length": "5",
    });
    const script = await call("GET", "/start.js", { token: null });
    expect(script.headers["cache-control"]).toBe("no-cache");
    const again = await call("GET", "/start.js", {
      token: null,
      headers: { "if-none-match": String(script.headers.etag) },
    });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  test.each([
    ["gzip, deflate, br", "br", "brotli"],
    ["gzip;q=1.0", "gzip", "gzip"],
    ["identity", undefined, "plain"],
    ["", undefined, "plain"],
  ])("accept-encoding %j: what was compressed ahead is sent", async (accepted, encoding, body) => {
    const { call } = openHttp({}, { webFolder: built() });
    const answer = await call("GET", "/_app/immutable/a.js", { token: null, headers: { "accept-encoding": accepted } });
    expect([answer.headers["content-encoding"], answer.body]).toEqual([encoding, body]);
  });

  test.each([
    "/_app/immutable/../../.stamp",
    "/_app/..%2f.stamp",
    "/_app/%2e%2e/.stamp",
    "/_app/immutable/a.js.br",
    "/_app/nothing.js",
    "/_app/",
    "/.stamp",
    "/notes.exe",
    "/index.html",
  ])("%s: not there", async (url) => {
    const answer = await openHttp({}, { webFolder: built() }).call("GET", url, { token: null });
    expect(answer.statusCode).toBe(404);
  });
});
