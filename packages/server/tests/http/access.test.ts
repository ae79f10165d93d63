import { describe, expect, test } from "vitest";
import { createHttp } from "../../src/http/index.ts";
import { openHttp, openRaw } from "./open-http.ts";

const exceptions = ["/", "/session/:id", "/settings", "/sign-in", "/healthz", "/-/slash", "/api/pair"];
const json = { "content-type": "application/json" };

describe("2. Every route needs a credential", () => {
  test("all routes without one: 401, but for the exceptions listed here", async () => {
    const { app, call } = openHttp();
    await app.ready();
    expect(app.routeList.length).toBeGreaterThan(20);
    const open = new Set<string>();
    for (const { method, url } of app.routeList) {
      const answer = await call(method, url.replaceAll(/:(id|key|prompt)/g, "s1"), {
        token: null,
        payload: "",
        headers: json,
      });
      const isRefused = answer.statusCode === 401 && answer.headers["www-authenticate"] === "Bearer";
      if (!isRefused) open.add(url);
    }
    expect([...open].toSorted()).toEqual(exceptions.toSorted());
  });

  test("a route that does not say its scope ends the start", () => {
    const { app } = openHttp();
    expect(() => app.get("/api/new", () => "x")).toThrow(/GET \/api\/new does not say its scope/);
  });

  test("an unknown address below /api: 401 for strangers, 404 for devices; elsewhere 404", async () => {
    const { call, pair } = openHttp();
    for (const url of ["/api", "/api/nothing", "/api/sessions/s1/nothing", "/api?x"]) {
      expect([url, (await call("GET", url, { token: null })).statusCode]).toEqual([url, 401]);
      expect((await call("GET", url, { token: pair("read").token })).json().error.code).toBe("NOT_FOUND");
    }
    expect((await call("GET", "/nothing", { token: null })).statusCode).toBe(404);
    expect((await call("POST", "/", { token: null })).statusCode).toBe(404);
  });

  test.each(["x".repeat(43), "", "null", "../local-token"])("the wrong token %j: 401", async (token) => {
    expect((await openHttp().call("GET", "/api/me", { token })).statusCode).toBe(401);
  });

  test("/healthz says ok and nothing else: no version, no cookie", async () => {
    const answer = await openHttp().call("GET", "/healthz", { token: null });
    expect(answer.body).toBe('{"ok":true}');
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(JSON.stringify(answer.headers)).not.toContain("0.1.0");
  });

  test("a token in the query is no credential", async () => {
    const { call, local } = openHttp();
    expect((await call("GET", `/api/me?token=${local}&access_token=${local}`, { token: null })).statusCode).toBe(401);
  });
});

describe("3. Host allow-list on HTTP, over raw sockets", () => {
  test("evil names, wrong ports and none are refused before anything else, on every kind of address", async () => {
    const opened = openHttp();
    const { port, send } = await openRaw(opened);
    const get = (path: string, host: string) =>
      send(`GET ${path} HTTP/1.1\r\n${host}Authorization: Bearer ${opened.local}\r\nConnection: close\r\n\r\n`);
    for (const path of ["/", "/healthz", "/api/sessions", "/nothing", "/%zz"]) {
      for (const host of [
        "evil.example",
        `evil.example:${port}`,
        `localhost.evil.example:${port}`,
        `localhost:${port + 1}`,
        "localhost",
        "",
      ]) {
        const answer = await get(path, `Host: ${host}\r\n`);
        expect([path, host, answer.split("\r\n")[0]]).toEqual([path, host, "HTTP/1.1 403 Forbidden"]);
        expect(answer).toContain("--allow-host");
      }
    }
    expect(await get("/api/sessions", `Host: localhost:${port}\r\n`)).toMatch(/^HTTP\/1.1 200 OK/);
    expect(await get("/healthz", `Host: 127.0.0.1:${port}\r\n`)).toMatch(/^HTTP\/1.1 200 OK/);
  });

  test("no Host at all is refused", async () => {
    const { send } = await openRaw(openHttp());
    expect(await send("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await send("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 403/);
  });

  test("what is not HTTP gets an error in our form and nothing of it back", async () => {
    const { send } = await openRaw(openHttp());
    const answer = await send("hello <script>\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request.*\{"error":\{"code":"BAD_REQUEST"/s);
    expect(answer).not.toContain("script");
    expect(await send(`GET / HTTP/1.1\r\nX: ${"x".repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  });
});

describe("5. State-changing requests", () => {
  test("Origin variants: only our own passes, with the cookie and with a token", async () => {
    const { call, pair } = openHttp();
    const { token } = pair("prompt");
    const attempt = (headers: Record<string, string>) =>
      call("POST", "/api/sessions/s1/kill", { token: null, headers: { cookie: `pier_3141=${token}`, ...headers } });
    expect((await attempt({ origin: "http://localhost:3141" })).statusCode).toBe(200);
    expect((await attempt({ "sec-fetch-site": "same-origin" })).statusCode).toBe(200);
    for (const origin of [
      "null",
      "http://localhost:3142",
      "https://localhost:3141",
      "http://localhost:3141.evil.example",
      "http://evil.example",
    ]) {
      expect((await attempt({ origin })).statusCode).toBe(403);
      expect((await call("POST", "/api/sessions/s1/kill", { headers: { origin } })).statusCode).toBe(403);
    }
    for (const site of ["same-site", "cross-site", "none"])
      expect((await attempt({ "sec-fetch-site": site })).statusCode).toBe(403);
    expect((await attempt({})).statusCode).toBe(401);
  });

  test("a cookie that another page of this host sent along does not count for reading either", async () => {
    const { call, pair } = openHttp();
    const cookie = `pier_3141=${pair("read").token}`;
    const read = (site?: string) =>
      call("GET", "/api/sessions", { token: null, headers: { cookie, ...(site && { "sec-fetch-site": site }) } });
    expect([(await read()).statusCode, (await read("same-origin")).statusCode]).toEqual([200, 200]);
    expect([(await read("same-site")).statusCode, (await read("cross-site")).statusCode]).toEqual([401, 401]);
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json-patch",
    "application/json, text/plain",
    "text/json",
    "",
  ])("a body of type %j: 415", async (type) => {
    const { call, sessions } = openHttp();
    const payload = '{"working_dir":"/srv/app"}';
    const answer = await call("POST", "/api/sessions", { payload, headers: { "content-type": type } });
    expect([answer.statusCode, answer.json().error.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    expect(sessions.create).not.toHaveBeenCalled();
  });

  test("JSON with its charset passes; an empty body needs no type", async () => {
    const { call } = openHttp();
    const payload = '{"working_dir":"/srv/app"}';
    const headers = { "content-type": "application/json; charset=UTF-8" };
    expect((await call("POST", "/api/sessions", { payload, headers })).statusCode).toBe(201);
    expect((await call("POST", "/api/sessions/s1/kill")).statusCode).toBe(200);
    expect((await call("POST", "/api/sessions/s1/kill", { headers: json })).statusCode).toBe(200);
  });

  test("no GET changes state", async () => {
    const { app, call, sessions, onStop, auth } = openHttp();
    await app.ready();
    const devices = auth.devices().length;
    for (const { method, url } of app.routeList.filter((route) => route.method === "GET" || route.method === "HEAD")) {
      await call(method, url.replaceAll(/:(id|key|prompt)/g, "s1"));
    }
    for (const change of [
      sessions.create,
      sessions.kill,
      sessions.resume,
      sessions.remove,
      sessions.update,
      sessions.markRead,
      sessions.settleOffer,
      onStop,
    ]) {
      expect(change).not.toHaveBeenCalled();
    }
    expect(auth.devices()).toHaveLength(devices);
  });

  test("no CORS: nothing allows another origin", async () => {
    const { call } = openHttp();
    const headers = { origin: "http://evil.example", "access-control-request-method": "POST" };
    const answer = await call("OPTIONS", "/api/sessions", { token: null, headers });
    expect(answer.statusCode).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("7. Scopes", () => {
  test("each route with each scope: refused below its own", async () => {
    const { app, call, pair } = openHttp();
    await app.ready();
    const order = ["read", "prompt", "admin"] as const;
    for (const [rank, scope] of order.entries()) {
      const { token } = pair(scope);
      for (const route of app.routeList) {
        if (route.scope === "public" || route.url === "/api/logout") continue;
        const answer = await call(route.method, route.url.replaceAll(/:(id|key|prompt)/g, "s1"), { token });
        const isRefused = answer.statusCode === 403;
        expect([route.method, route.url, scope, isRefused]).toEqual([
          route.method,
          route.url,
          scope,
          rank < order.indexOf(route.scope),
        ]);
      }
    }
  });

  test("pi_args need admin", async () => {
    const { call, pair, sessions } = openHttp();
    const payload = { working_dir: "/srv/app", pi_args: ["--extension", "x"] };
    const refused = await call("POST", "/api/sessions", { payload, token: pair("prompt").token });
    expect([refused.statusCode, refused.json().error.message]).toEqual([403, expect.stringContaining("pi_args")]);
    expect(
      (await call("POST", "/api/sessions", { payload: { ...payload, pi_args: [] }, token: pair("prompt").token }))
        .statusCode,
    ).toBe(201);
    expect((await call("POST", "/api/sessions", { payload })).statusCode).toBe(201);
    expect(sessions.create).toHaveBeenLastCalledWith({ cwd: "/srv/app", piArgs: ["--extension", "x"] });
  });
});

describe("9. Failed logins back off", () => {
  test("429 with Retry-After after some wrong tokens; a valid one still passes", async () => {
    const { call } = openHttp();
    const wrong = async () => call("GET", "/api/me", { token: "x".repeat(43) });
    for (let index = 0; index < 5; index++) expect((await wrong()).statusCode).toBe(401);
    const answer = await wrong();
    expect([answer.statusCode, answer.headers["retry-after"], answer.json().error.code]).toEqual([
      429,
      "1",
      "RATE_LIMITED",
    ]);
    expect((await call("GET", "/api/me")).statusCode).toBe(200);
  });
});

test("20. A reverse proxy with a path prefix works, whether it passes the prefix on or not", async () => {
  const { call, pair } = openHttp({ basePath: "/pier" });
  for (const prefix of ["/pier", ""]) {
    expect((await call("GET", `${prefix}/api/me`)).statusCode).toBe(200);
    expect((await call("GET", `${prefix}/`, { token: null })).headers["content-type"]).toContain("text/html");
    expect((await call("GET", `${prefix}/api/nothing`, { token: null })).statusCode).toBe(401);
  }
  for (const url of ["/pier", "/pier?a=b"]) {
    const answer = await call("GET", url, { token: null });
    expect([answer.statusCode, answer.headers.location]).toEqual([308, "/pier/"]);
  }
  expect((await call("GET", "/pierx/api/me", { token: null })).statusCode).toBe(404);
  const out = await call("POST", "/pier/api/logout", { token: pair("read").token });
  expect(out.headers["set-cookie"]).toContain("Path=/pier;");
  expect(out.headers["clear-site-data"]).toBeUndefined();
});

test.each(["pier", "/pi er", "//evil.example", "/a/../b", "/%2e"])("--base-path %j is a clear error", (basePath) => {
  expect(() => createHttp({ config: { basePath } } as never)).toThrow(/--base-path.*\/pier/);
});
