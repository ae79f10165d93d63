import { errorCodes, PierError } from "@pier/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { statusOf, toErrorAnswer } from "../../src/http/error-answer.ts";
import { httpLimits } from "../../src/limits.ts";
import { info, openHttp } from "./open-http.ts";

describe("12. Headers", () => {
  test("every answer carries them, errors before routing too", async () => {
    const { call } = openHttp();
    for (const url of ["/", "/healthz", "/api/me", "/api/nothing", "/nothing", "/%zz", "/settings"]) {
      for (const headers of [{}, { host: "evil.example" }]) {
        const answer = await call("GET", url, { token: null, headers });
        expect(answer.headers).toMatchObject({
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
        });
        const policy = String(answer.headers["content-security-policy"]);
        expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
        expect(policy).toContain("frame-src 'self'; frame-ancestors 'none'");
        expect(policy).toContain("require-trusted-types-for 'script'");
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
      }
    }
  });

  test("answers of the API are not stored, nor are errors", async () => {
    const { call } = openHttp();
    for (const url of ["/api/sessions", "/api/me", "/api/nothing", "/nothing"]) {
      expect((await call("GET", url)).headers["cache-control"]).toBe("no-store");
    }
  });

  test("a body of a transcript is plain text in a sandbox, as a download", async () => {
    const { call, sessions } = openHttp();
    const answer = await call("GET", "/api/sessions/s1/bodies/k%2F1?path=content.0.a%252Eb.%2525");
    expect(answer.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": "attachment",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    });
    expect(answer.body).toBe("<script>alert(1)</script>");
    expect(sessions.body).toHaveBeenCalledWith("s1", "k/1", ["content", "0", "a.b", "%"]);
  });

  test("the path to a body is checked", async () => {
    const { call, sessions } = openHttp();
    await call("GET", "/api/sessions/s1/bodies/k?path=content.0.text");
    expect(sessions.body).toHaveBeenCalledWith("s1", "k", ["content", "0", "text"]);
    expect((await call("GET", "/api/sessions/s1/bodies/k?path=%25zz")).statusCode).toBe(400);
    expect((await call("GET", "/api/sessions/s1/bodies/k")).json().error.message).toBe(
      "The query does not fit: path is missing.",
    );
  });
});

describe("errors", () => {
  test("every code has a status, and no error of ours is a 5xx but STORAGE and INTERNAL", () => {
    expect(Object.keys(statusOf)).toEqual(Object.keys(errorCodes));
    const failures = Object.entries(statusOf).filter(([, status]) => status >= 500);
    expect(failures).toEqual([
      ["STORAGE", 507],
      ["INTERNAL", 500],
    ]);
  });

  test.each([
    ["SESSION_START_FAILED", 409],
    ["SESSION_NOT_FOUND", 404],
    ["CONFLICT", 409],
    ["SESSION_CLOSED", 409],
    ["STORAGE", 507],
  ] as const)("%s is a %i with the sentence of the error", async (code, status) => {
    const { call, sessions } = openHttp();
    sessions.resume.mockRejectedValue(new PierError(code, "What is and what would be right."));
    const answer = await call("POST", "/api/sessions/s1/resume");
    expect([answer.statusCode, answer.json()]).toEqual([
      status,
      { error: { code, message: "What is and what would be right." } },
    ]);
  });

  test("an unforeseen error shows nothing of itself, and stands in the log", async () => {
    const { call, sessions, log } = openHttp();
    sessions.logs.mockRejectedValue(new Error("secret detail at /home/ada"));
    const answer = await call("GET", "/api/sessions/s1/logs");
    expect([answer.statusCode, answer.json().error.code]).toEqual([500, "INTERNAL"]);
    expect(answer.body).not.toMatch(/secret|ada|at /);
    expect(log.join("")).toContain("secret detail");
  });

  test.each([
    ["{}", "The body does not fit: working_dir is missing."],
    ['{"working_dir":""}', "The body does not fit: working_dir must not have fewer than 1 characters."],
    ['{"working_dir":7}', "The body does not fit: working_dir must be string."],
    ['{"working_dir":"/w","cwd":"/w"}', "The body does not fit: cwd is not known here."],
    ['{"working_dir":"/w","pi_args":[7]}', "The body does not fit: pi_args.0 must be string."],
    ["[]", "The body does not fit: it must be a JSON object."],
    ["null", "The body does not fit: it must be a JSON object."],
    ["", "The body does not fit: it must be a JSON object."],
    ["{", "The body is not JSON that fits: send one JSON object."],
    ['{"__proto__":{"x":1},"working_dir":"/w"}', "The body is not JSON that fits: send one JSON object."],
  ])("the body %j: 400 with the field and what would be right", async (payload, message) => {
    const headers = { "content-type": "application/json" };
    const answer = await openHttp().call("POST", "/api/sessions", { payload, headers });
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: { code: "BAD_REQUEST", message } }]);
  });

  test.each([
    ["PATCH", "/api/sessions/s1", {}, "it is empty: it needs at least one member"],
    ["POST", "/api/pairing", { name: "a\u001b" }, "name must have no control characters"],
  ] as const)("%s %s with %j, is answered in words", async (method, url, payload, words) => {
    const answer = await openHttp().call(method, url, { payload });
    expect([answer.statusCode, answer.json().error.message]).toEqual([400, `The body does not fit: ${words}.`]);
  });

  test("a choice names what there is to choose", async () => {
    const answer = await openHttp().call("POST", "/api/sessions/s1/offered/p1", { payload: { action: "keep" } });
    expect(answer.json().error.message).toBe("The body does not fit: action must be one of send, dismiss.");
  });

  test("a body at the limit passes, one over it is a 413", async () => {
    const { call } = openHttp();
    const headers = { "content-type": "application/json" };
    const bodyOf = (size: number) => `{"working_dir":"/w"}`.padEnd(size, " ");
    expect((await call("POST", "/api/sessions", { payload: bodyOf(httpLimits.body), headers })).statusCode).toBe(201);
    const answer = await call("POST", "/api/sessions", { payload: bodyOf(httpLimits.body + 1), headers });
    expect([answer.statusCode, answer.json().error.code]).toEqual([413, "TOO_LARGE"]);
  });

  test("toErrorAnswer: anything that can be thrown has an answer", () => {
    for (const thrown of [new Error("x"), {}, "text", 7]) expect(toErrorAnswer(thrown).status).toBe(500);
  });
});

test("property: no request gives a 5xx", async () => {
  const { app, call, log } = openHttp();
  await app.ready();
  const word = fc.oneof(
    fc.constantFrom("s1", "..", "%2e%2e", "%00", "%zz", "__proto__", "a.b", "%F0%9F", "{}"),
    fc.string({ maxLength: 600 }),
  );
  const route = fc.constantFrom(...app.routeList.map(({ url }) => url), "/api/x", "/:id", "//:id");
  const url = fc
    .tuple(route, word, word)
    .map(([path, segment, query]) => `${path.replaceAll(/:\w+/g, () => encodeURI(segment))}?${encodeURI(query)}`);
  const raw = fc.oneof(
    url,
    fc
      .tuple(route, word)
      .map(([path, text]) => path.replaceAll(/:\w+/g, () => text.replaceAll(/[^\u0021-\u007e]/g, ""))),
  );
  const field = fc.constantFrom(
    "working_dir",
    "name",
    "code",
    "kind",
    "scope",
    "action",
    "pi_args",
    "model",
    "__proto__",
    "ephemeral",
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.dictionary(field, fc.jsonValue()).map((value) => JSON.stringify(value)),
  );
  const method = fc.constantFrom("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");
  const headers = fc.record(
    {
      "content-type": fc.constantFrom("application/json", "text/plain", ""),
      origin: fc.constantFrom("http://localhost:3141", "null", "x"),
      cookie: fc.constantFrom("pier_3141=x", ";;=", ""),
      "content-length": fc.constantFrom("0", "5"),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(method, raw, body, headers, fc.boolean(), async (verb, address, payload, extra, isSignedIn) => {
      const hasBody = verb !== "GET" && verb !== "HEAD";
      const answer = await call(verb, address, {
        headers: extra,
        ...(hasBody && { payload }),
        ...(!isSignedIn && { token: null }),
      });
      expect(answer.statusCode).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

describe("sessions", () => {
  test("the list, one, and a new one in the form of SessionRecord", async () => {
    const { call, sessions } = openHttp();
    const record = {
      id: "s1",
      name: null,
      working_dir: "/srv/app",
      status: "live",
      last_active_at: "1970-01-01T00:00:01.000Z",
    };
    expect((await call("GET", "/api/sessions")).json()).toEqual([expect.objectContaining(record)]);
    expect((await call("GET", "/api/sessions/s1")).json()).toMatchObject(record);
    expect((await call("GET", "/api/sessions/s2")).json().error.code).toBe("SESSION_NOT_FOUND");
    const payload = {
      working_dir: "~/x",
      name: "n",
      provider: "p",
      model: "m",
      thinking_level: "high",
      ephemeral: true,
    };
    const created = await call("POST", "/api/sessions", { payload });
    expect([created.statusCode, created.json().id]).toEqual([201, "s1"]);
    expect(sessions.create).toHaveBeenCalledWith({
      cwd: "~/x",
      name: "n",
      provider: "p",
      model: "m",
      thinkingLevel: "high",
      ephemeral: true,
    });
  });

  test("update takes what it knows, at least one of it", async () => {
    const { call, sessions } = openHttp();
    const answer = await call("PATCH", "/api/sessions/s1", { payload: { render_markdown: false } });
    expect(answer.json()).toMatchObject({ id: "s1", render_markdown: false });
    expect(sessions.update).toHaveBeenCalledWith("s1", { renderMarkdown: false });
    await call("PATCH", "/api/sessions/s1", { payload: { name: "n", render_markdown: true } });
    expect(sessions.update).toHaveBeenLastCalledWith("s1", { name: "n", renderMarkdown: true });
    const bad = [
      {},
      { render_markdown: "no" },
      { name: "" },
      { name: "x".repeat(201) },
      { name: null },
      { status: "x" },
    ];
    for (const payload of bad) {
      expect([payload, (await call("PATCH", "/api/sessions/s1", { payload })).statusCode]).toEqual([payload, 400]);
    }
    expect(sessions.update).toHaveBeenCalledTimes(2);
  });

  test("delete: needs the scope prompt and a session; for good only when asked", async () => {
    const { call, sessions, pair } = openHttp();
    expect((await call("DELETE", "/api/sessions/s1")).json()).toMatchObject({ id: "s1", file: "trashed" });
    expect(sessions.remove).toHaveBeenCalledWith("s1", false);
    await call("DELETE", "/api/sessions/s1?permanent=true");
    expect(sessions.remove).toHaveBeenLastCalledWith("s1", true);
    expect((await call("DELETE", "/api/sessions/s2")).statusCode).toBe(404);
    expect((await call("DELETE", "/api/sessions/s1?permanent=maybe")).statusCode).toBe(400);
    expect((await call("DELETE", "/api/sessions/s1", { token: pair("read").token })).statusCode).toBe(403);
    expect(sessions.remove).toHaveBeenCalledTimes(3);
  });

  test("read: needs the scope prompt, and a session", async () => {
    const { call, sessions, pair } = openHttp();
    expect((await call("POST", "/api/sessions/s1/read")).json().id).toBe("s1");
    expect((await call("POST", "/api/sessions/s2/read")).statusCode).toBe(404);
    expect((await call("POST", "/api/sessions/s1/read", { token: pair("read").token })).statusCode).toBe(403);
    expect(sessions.markRead).toHaveBeenCalledTimes(2);
  });

  test("the list takes status, words and a page, and says how many there are", async () => {
    const { call, sessions } = openHttp();
    sessions.list.mockResolvedValue({ sessions: [info], total: 41 });
    const answer = await call("GET", "/api/sessions?status=live&query=a%20b&limit=1&offset=40");
    expect([answer.headers["x-total-count"], answer.json()]).toEqual(["41", [expect.objectContaining({ id: "s1" })]]);
    expect(sessions.list).toHaveBeenCalledWith({ status: "live", query: "a b", limit: 1, offset: 40 });
    for (const query of ["status=open", "limit=0", "limit=1001", "limit=x", "offset=-1", `query=${"x".repeat(201)}`]) {
      expect([query, (await call("GET", `/api/sessions?${query}`)).statusCode]).toEqual([query, 400]);
    }
  });

  test("rename, kill, resume", async () => {
    const { call } = openHttp();
    expect((await call("PATCH", "/api/sessions/s1", { payload: { name: "new" } })).json().name).toBe("new");
    expect((await call("POST", "/api/sessions/s1/kill")).json().id).toBe("s1");
    expect((await call("POST", "/api/sessions/s1/resume")).json().id).toBe("s1");
  });

  test("history takes its window from the query", async () => {
    const { call, sessions } = openHttp();
    const answer = await call("GET", "/api/sessions/s1/history?before=b2&messages=10&bytes=2048");
    expect(answer.json()).toEqual({ messages: [], before: "b1" });
    expect(sessions.history).toHaveBeenCalledWith("s1", { before: "b2", window: { messages: 10, bytes: 2_048 } });
    sessions.history.mockResolvedValue({ messages: [] });
    expect((await call("GET", "/api/sessions/s1/history")).json()).toEqual({ messages: [] });
    expect(sessions.history).toHaveBeenLastCalledWith("s1", { window: {} });
    for (const query of ["messages=0", "messages=x", "bytes=1", "messages=1e9", "before="]) {
      expect((await call("GET", `/api/sessions/s1/history?${query}`)).statusCode).toBe(400);
    }
  });

  test("search takes a query, a limit and a place to go on from", async () => {
    const { call, sessions } = openHttp();
    const answer = await call("GET", "/api/sessions/s1/search?query=Cart%20%2B&limit=3&before=s5");
    expect(answer.json()).toEqual({ matches: [{ key: "s9", role: "user", snippet: "a cart" }], truncated: false });
    expect(sessions.search).toHaveBeenCalledWith(
      "s1",
      expect.objectContaining({ query: "Cart +", limit: 3, before: "s5" }),
    );
    await call("GET", "/api/sessions/s1/search?query=x");
    expect(sessions.search).toHaveBeenLastCalledWith(
      "s1",
      expect.objectContaining({ limit: httpLimits.foundMessages }),
    );
    expect((await call("GET", "/api/sessions/s2/search?query=x")).statusCode).toBe(404);
    for (const query of [
      "",
      "query=",
      "query=%20",
      "query=x&limit=0",
      "query=x&limit=201",
      "query=x&before=",
      `query=${"x".repeat(201)}`,
    ]) {
      expect([query, (await call("GET", `/api/sessions/s1/search?${query}`)).statusCode]).toEqual([query, 400]);
    }
  });

  test("logs, models and offered prompts", async () => {
    const { call, sessions } = openHttp();
    expect((await call("GET", "/api/sessions/s1/logs")).json()).toEqual({ logs: "boom" });
    expect((await call("GET", "/api/models")).json()).toEqual([{ provider: "p", id: "m" }]);
    expect((await call("POST", "/api/sessions/s1/offered/p1", { payload: { action: "send" } })).statusCode).toBe(204);
    expect(sessions.settleOffer).toHaveBeenCalledWith("s1", "p1", "send");
  });

  test("what a session's record holds passes as it is", async () => {
    const { call, sessions } = openHttp();
    sessions.get.mockReturnValue({
      ...info,
      attention: { reason: "question", text: "?" },
      lastExit: { code: 1, message: "m" },
    });
    expect((await call("GET", "/api/sessions/s1")).json()).toMatchObject({
      attention: { reason: "question", text: "?" },
      last_exit: { code: 1, signal: null, message: "m" },
    });
  });
});
