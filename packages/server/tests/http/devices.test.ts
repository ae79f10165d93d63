import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openHttp } from "./open-http.ts";

const own = { origin: "http://localhost:3141" };

describe("8. Pairing over HTTP", () => {
  test("a minted code becomes a cookie that signs in, and the token is nowhere in the answer's body", async () => {
    const { call } = openHttp();
    const minted = (await call("POST", "/api/pairing", { payload: { scope: "read", name: "phone" } })).json();
    expect(minted).toMatchObject({ code: expect.stringMatching(/^.{4}-.{4}$/), scope: "read" });
    expect(minted.links).toEqual([`http://localhost:3141/#pair=${minted.secret}`]);
    const answer = await call("POST", "/api/pair", {
      token: null,
      payload: { code: minted.code.toLowerCase() },
      headers: own,
    });
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/^pier_3141=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const token = /=([\w-]{43});/.exec(cookie)?.[1] ?? "";
    expect(answer.body).not.toContain(token);
    expect(answer.json()).toEqual({ device: { id: expect.any(String), name: "phone", scope: "read" } });
    const me = await call("GET", "/api/me", { token: null, headers: { cookie: `pier_3141=${token}` } });
    expect(me.json()).toMatchObject({
      device: { name: "phone", scope: "read" },
      server: { version: "0.1.0", hostname: "studio", home: expect.any(String), folder: expect.any(String) },
      pi: { version: "1.5.2" },
    });
  });

  test("a program gets the token itself and no cookie", async () => {
    const { call, auth } = openHttp();
    const { secret } = auth.pairing.mint({ scope: "prompt" });
    const answer = await call("POST", "/api/pair", {
      token: null,
      payload: { code: secret, kind: "token", name: "laptop" },
    });
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect((await call("GET", "/api/me", { token: answer.json().token })).json().device.name).toBe("laptop");
  });

  test("two requests at once: one wins", async () => {
    const { call, auth } = openHttp();
    const { code } = auth.pairing.mint({ scope: "prompt" });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => call("POST", "/api/pair", { token: null, payload: { code } })),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401]);
    expect(auth.devices()).toHaveLength(2);
  });

  test("guessing ends in 429 with Retry-After", async () => {
    const { call } = openHttp();
    const guess = () => call("POST", "/api/pair", { token: null, payload: { code: "0000-0000" } });
    for (let index = 0; index < 5; index++) expect((await guess()).statusCode).toBe(401);
    const answer = await guess();
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([429, "1"]);
  });

  test("another page cannot pair, nor have a device paired", async () => {
    const { call, auth } = openHttp();
    const { code } = auth.pairing.mint({ scope: "prompt" });
    const headers = { origin: "http://evil.example" };
    expect((await call("POST", "/api/pair", { token: null, payload: { code }, headers })).statusCode).toBe(403);
    expect((await call("POST", "/api/pair", { token: null, payload: { code } })).statusCode).toBe(200);
  });

  test("a name with control characters is refused: names are shown in terminals", async () => {
    const payload = { name: "\u001b]0;x\u0007" };
    expect((await openHttp().call("POST", "/api/pairing", { payload })).json().error.message).toContain("name");
  });

  test("under TLS the cookie is __Host- and Secure", async () => {
    const { call, auth } = openHttp({ tls: true, port: 443 });
    const { code } = auth.pairing.mint({ scope: "prompt" });
    const answer = await call("POST", "/api/pair", { token: null, payload: { code }, headers: { host: "localhost" } });
    expect(answer.headers["set-cookie"]).toMatch(/^__Host-pier_443=.*; Path=\/; HttpOnly; SameSite=Strict; Secure;/);
  });
});

describe("6. No token in a log or an error", () => {
  test("whatever is sent wherever: nothing secret is logged, audited or answered", async () => {
    const { call, auth, log, local, dataDir, pair } = openHttp();
    const minted = auth.pairing.mint({ scope: "prompt" });
    const { token } = pair("prompt");
    const wrong = "W".repeat(43);
    const secrets = [local, token, minted.code, minted.secret, wrong];
    const bodies: string[] = [];
    for (const secret of secrets) {
      for (const url of [
        `/api/me?token=${secret}`,
        `/api/sessions/${secret}/nothing?x=${secret}`,
        `/${secret}`,
        `/%zz${secret}`,
      ]) {
        bodies.push((await call("GET", url, { token: secret, headers: { cookie: `pier_3141=${secret}` } })).body);
      }
      bodies.push((await call("POST", "/api/pair", { token: null, payload: { code: `${secret}x`, name: "n" } })).body);
      bodies.push(
        (
          await call("POST", "/api/pair", {
            token: null,
            payload: `{"code": "${secret}"`,
            headers: { "content-type": "application/json" },
          })
        ).body,
      );
    }
    bodies.push((await call("POST", "/api/pair", { token: null, payload: { code: minted.code } })).body);
    const audited = readFileSync(join(dataDir, "audit.jsonl"), "utf8");
    for (const secret of secrets)
      for (const text of [log.join(""), audited, bodies.join("")]) expect(text).not.toContain(secret);
    expect(log.length).toBeGreaterThan(10);
  });
});

describe("7. Devices are listed with their last use, and revocable", () => {
  test("the list, without hashes or tokens", async () => {
    const { call, pair } = openHttp();
    const { device } = pair("read");
    const list = (await call("GET", "/api/devices")).json<Record<string, unknown>[]>();
    expect(list.map(({ id, current }) => [id, current])).toEqual(
      expect.arrayContaining([
        ["local", true],
        [device.id, false],
      ]),
    );
    expect(Object.keys(list[0] ?? {}).toSorted()).toEqual([
      "created_at",
      "current",
      "id",
      "last_address",
      "last_used_at",
      "name",
      "scope",
    ]);
  });

  test("revoking ends the token at once and tells the sockets", async () => {
    const { call, pair, auth } = openHttp();
    const { device, token } = pair("prompt");
    const revoked = vi.fn<(id: string) => void>();
    auth.onRevoked(revoked);
    expect((await call("DELETE", `/api/devices/${device.id}`)).statusCode).toBe(204);
    expect(revoked).toHaveBeenCalledExactlyOnceWith(device.id);
    const cookie = `pier_3141=${token}`;
    const answer = await call("GET", "/api/me", { token: null, headers: { cookie } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["set-cookie"]).toMatch(/^pier_3141=; .*Max-Age=0$/);
    expect((await call("DELETE", `/api/devices/${device.id}`)).statusCode).toBe(404);
  });

  test("this machine's device only with force", async () => {
    const { call } = openHttp();
    expect((await call("DELETE", "/api/devices/local")).json().error.code).toBe("CONFLICT");
    expect((await call("DELETE", "/api/devices/local?force=true")).statusCode).toBe(204);
    expect((await call("GET", "/api/me")).statusCode).toBe(401);
  });
});

test("16. Logging out revokes the device and clears what the browser holds", async () => {
  const { call, pair } = openHttp();
  const headers = { ...own, cookie: `pier_3141=${pair("read").token}` };
  const answer = await call("POST", "/api/logout", { token: null, headers });
  expect(answer.statusCode).toBe(204);
  expect(answer.headers).toMatchObject({
    "clear-site-data": '"cache", "storage"',
    "set-cookie": expect.stringMatching(/^pier_3141=;.*Max-Age=0/),
  });
  expect((await call("GET", "/api/me", { token: null, headers })).statusCode).toBe(401);
});

describe("18. Audit log: who did what from where", () => {
  test("changes are recorded with device, address, target and outcome; reading is not", async () => {
    const { call, pair } = openHttp();
    const { device, token } = pair("prompt");
    await call("GET", "/api/sessions", { token });
    await call("POST", "/api/sessions/s1/kill", { token });
    await call("POST", "/api/sessions/s2/kill", { token });
    await call("POST", "/api/pairing", { token, payload: {} });
    const who = { device: device.id, device_name: "prompt", address: "127.0.0.1", at: expect.any(String) };
    expect((await call("GET", "/api/audit?count=3")).json()).toEqual([
      { ...who, action: "POST /api/pairing", target: null, outcome: "FORBIDDEN" },
      { ...who, action: "POST /api/sessions/:id/kill", target: "s2", outcome: "SESSION_NOT_FOUND" },
      { ...who, action: "POST /api/sessions/:id/kill", target: "s1", outcome: "ok" },
    ]);
  });

  test("wrong pairing codes are recorded, strangers at other doors are not, so that they cannot fill it", async () => {
    const { call, audit } = openHttp();
    for (let index = 0; index < 20; index++) {
      await call("POST", "/api/pair", { token: null, payload: { code: "0000-0000" } });
      await call("POST", "/api/sessions/s1/kill", { token: null });
    }
    expect(audit.read(99).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      Array.from({ length: 5 }, () => "POST /api/pair UNAUTHENTICATED"),
    );
  });
});

test("POST /api/daemon/stop: answers, then stops; admin only", async () => {
  const { call, onStop, pair } = openHttp();
  expect((await call("POST", "/api/daemon/stop", { token: pair("prompt").token })).statusCode).toBe(403);
  expect(onStop).not.toHaveBeenCalled();
  expect((await call("POST", "/api/daemon/stop")).statusCode).toBe(202);
  await vi.waitFor(() => expect(onStop).toHaveBeenCalledOnce());
});
