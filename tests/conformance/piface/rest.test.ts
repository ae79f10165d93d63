import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachTo, play, restOf } from "../../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
  mkdirSync(join(daemon.home, "project", "src"), { recursive: true });
  symlinkSync("/etc", join(daemon.home, "project", "out"));
  symlinkSync("loop", join(daemon.home, "project", "loop"));
});
afterAll(() => daemon.dispose());

type Json = Record<string, unknown>;
interface Answer {
  status: number;
  body: Json & { error?: { code: string; message: string } };
}

/** A request as any program may send it. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(daemon.url + path, {
    method,
    headers: {
      authorization: `Bearer ${daemon.token}`,
      ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && {
      body: typeof body === "string" || body instanceof FormData ? body : JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? {} : JSON.parse(text)) as Answer["body"] };
}

/** What is refused says what is wrong, in a sentence, and nothing of this program. */
function expectRefusal({ status, body }: Answer, statuses: readonly number[], what: string): void {
  expect(statuses, `${what}: ${status} ${JSON.stringify(body)}`).toContain(status);
  expect(body.error?.message, what).toMatch(/^.{10,}\.?$/m);
  expect(JSON.stringify(body), what).not.toMatch(/node_modules|node:internal|\bat [\w.]+ \(/);
}

const project = (): string => join(daemon.home, "project");
const create = async (more: Json = {}): Promise<string> => {
  const { status, body } = await ask("POST", "/api/sessions", { working_dir: project(), ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body["id"] as string;
};
/** A session in which something was said. */
const spoken = async (): Promise<string> => {
  const id = await create();
  const session = await attachTo(daemon, id);
  await play(session, [{ text: "Said." }]);
  session.detach();
  return id;
};

const hostileIds = [
  "..",
  "%2e%2e%2f%2e%2e",
  "%00",
  "%F0%9F%92%A9",
  "__proto__",
  "a".repeat(501),
  "%ff",
  "' OR 1=1 --",
  ".",
];
const perSession: [method: string, path: string, body?: unknown][] = [
  ["GET", ""],
  ["PATCH", "", { render_markdown: false }],
  ["GET", "/history"],
  ["GET", "/fork-messages"],
  ["POST", "/branch", { entry_id: "abcd1234" }],
  ["POST", "/uploads", new FormData()],
  ["POST", "/kill"],
  ["POST", "/resume"],
];

test.each(perSession)(
  "%s /api/sessions/{id}%s: of no session, and of ids that are none, is refused",
  async (method, path, body) => {
    expectRefusal(await ask(method, `/api/sessions/no-such-session${path}`, body), [404], "no such session");
    for (const id of hostileIds) {
      // Some are another address before they are sent: then it is that one's answer.
      const answer = await ask(method, `/api/sessions/${id}${path}`, body);
      if (answer.status !== 200) expectRefusal(answer, [400, 404, 405, 415], id);
      expect([id, answer.status < 500]).toEqual([id, true]);
    }
    const stranger = await ask(method, `/api/sessions/no-such-session${path}`, body, {
      authorization: "Bearer nonsense",
    });
    expectRefusal(stranger, [401], "a stranger");
  },
);

test("GET and POST /api/sessions: a record with every member of the page, and what cannot be created", async () => {
  const { status, body } = await ask("POST", "/api/sessions", {
    working_dir: project(),
    name: "Ünïcödé 🎉 \u202Eright",
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    id: expect.any(String),
    name: expect.stringContaining("Ünïcödé 🎉"),
    working_dir: project(),
    status: "live",
    render_markdown: true,
    parent_piface_id: null,
    branch_entry_id: null,
  });
  const list = (await ask("GET", "/api/sessions")).body as unknown as Json[];
  expect(list.find(({ id }) => id === body["id"])).toMatchObject({ working_dir: project(), status: "live" });
  const refused: [body: unknown, statuses: number[]][] = [
    [{}, [400]],
    [[], [400]],
    ["{", [400]],
    ["null", [400]],
    [{ working_dir: 7 }, [400]],
    [{ working_dir: "" }, [400]],
    [{ working_dir: "relative" }, [400]],
    [{ working_dir: `${project()}\0/x` }, [400]],
    [{ working_dir: "/".repeat(70_000) }, [400]],
    [{ working_dir: join(project(), "missing") }, [400]],
    [{ working_dir: "/etc/hostname" }, [400]],
    [{ working_dir: `${project()}/${"long".repeat(500)}` }, [400]],
    [{ working_dir: join(project(), "loop") }, [400]],
    [{ working_dir: project(), name: "x".repeat(10_000) }, [400]],
    [{ working_dir: project(), ephemeral: "yes" }, [400]],
    [{ working_dir: project(), thinking_level: "bogus" }, [400]],
    [{ working_dir: project(), provider: "--help", model: "--version" }, [400, 409]],
    [{ working_dir: project(), workspace: { mode: "nonsense" } }, [400]],
    [{ working_dir: project(), padding: "x".repeat(2_000_000) }, [413]],
  ];
  for (const [wish, statuses] of refused)
    expectRefusal(await ask("POST", "/api/sessions", wish), statuses, JSON.stringify(wish).slice(0, 80));
  expectRefusal(await ask("POST", "/api/sessions", "working_dir=/", { "content-type": "text/plain" }), [415], "text");
  const query = "?status=nonsense";
  expectRefusal(await ask("GET", `/api/sessions${query}`), [400], query);
  expect((await ask("GET", "/api/sessions?limit=1")).body).toHaveLength(1);
});

test("GET and PATCH /api/sessions/{id}, history, fork-messages, branch, kill and resume: good and bad", async () => {
  const id = await spoken();
  const path = `/api/sessions/${id}`;
  expect((await ask("PATCH", path, { render_markdown: false })).body).toMatchObject({ id, render_markdown: false });
  for (const change of [
    { render_markdown: "no" },
    { render_markdown: null },
    { name: 7 },
    "[]",
    { name: "x".repeat(10_000) },
  ])
    expectRefusal(await ask("PATCH", path, change), [400], JSON.stringify(change).slice(0, 60));
  expect((await ask("PATCH", path, '{"__proto__":{"render_markdown":true}}')).status).toBeLessThan(500);
  expect((await ask("GET", path)).body).toMatchObject({ render_markdown: false });

  const { messages } = (await ask("GET", `${path}/history`)).body as unknown as { messages: { message: Json }[] };
  expect(messages.map(({ message }) => message["role"])).toEqual(["user", "assistant"]);
  for (const query of [
    "before=nonsense",
    "before=j-1",
    "before=s99999999",
    "before=%00",
    "messages=-1",
    "messages=many",
  ])
    expectRefusal(await ask("GET", `${path}/history?${query}`), [400, 404, 409, 410], query);

  const [fork] = (await ask("GET", `${path}/fork-messages`)).body as unknown as Json[];
  expect(fork).toMatchObject({ entry_id: expect.any(String), text: expect.any(String) });
  for (const wish of [{}, { entry_id: "" }, { entry_id: "nothing" }, { entry_id: 7 }, { entry_id: "../x" }])
    expectRefusal(await ask("POST", `${path}/branch`, wish), [400, 404, 409], JSON.stringify(wish));
  const branch = await ask("POST", `${path}/branch`, { entry_id: fork?.["entry_id"] });
  expect([200, 201]).toContain(branch.status);
  expect(branch.body).toMatchObject({ status: "live", parent_piface_id: id, branch_entry_id: fork?.["entry_id"] });

  expectRefusal(await ask("POST", `${path}/resume`), [409], "resume of a live session");
  expect(await ask("POST", `${path}/kill`)).toMatchObject({ status: 200, body: { id, status: "closed" } });
  expect(await ask("POST", `${path}/kill`)).toMatchObject({ status: 200, body: { id, status: "closed" } });
  // Read from the session's file now, and the same.
  const archived = (await ask("GET", `${path}/history`)).body as unknown as { messages: { message: Json }[] };
  expect(archived.messages.map(({ message }) => message)).toEqual(messages.map(({ message }) => message));
  expect(await ask("POST", `${path}/resume`)).toMatchObject({ status: 200, body: { id, status: "live" } });
  const ephemeral = await create({ ephemeral: true });
  await ask("POST", `/api/sessions/${ephemeral}/kill`);
  expectRefusal(await ask("POST", `/api/sessions/${ephemeral}/resume`), [404, 409], "an ephemeral session");
});

test("POST /api/sessions/{id}/uploads: good, and forms that are none", async () => {
  const id = await spoken();
  const path = `/api/sessions/${id}/uploads`;
  const form = new FormData();
  for (const name of ["a.txt", "../../../etc/passwd", "nul\u0000.txt", "\u202Etxt.exe", ".", "x".repeat(4_000)])
    form.append("files", new Blob([`content of ${name.slice(0, 9)}`]), name);
  const { status, body } = await ask("POST", path, form);
  expect(status, JSON.stringify(body)).toBe(201);
  const uploads = body as unknown as { sha256: string; name: string }[];
  expect(uploads).toHaveLength(6);
  const file = (await ask("GET", `/api/sessions/${id}`)).body["session_file"] as string;
  const shared = join(dirname(file), "uploads", "_shared");
  for (const { sha256, name } of uploads) expect([name, readdirSync(join(shared, sha256))]).toEqual([name, [name]]);
  expectRefusal(await ask("POST", path, { files: [] }), [415], "JSON");
  expectRefusal(
    await ask("POST", path, "--x", { "content-type": "multipart/form-data; boundary=x" }),
    [400],
    "no form",
  );
  expectRefusal(await ask("POST", path, "", { "content-type": "multipart/form-data" }), [400, 415], "no boundary");
  const fresh = await create();
  const one = new FormData();
  one.append("files", new Blob(["x"]), "x.txt");
  expectRefusal(await ask("POST", `/api/sessions/${fresh}/uploads`, one), [409], "before the first prompt");
});

/** Paths that must not be looked at, whatever asks. */
const closed = (): string[] => [
  "/etc",
  `${project()}/../../../../etc`,
  join(project(), "out"),
  join(project(), "out", "ssl"),
  daemon.dataDir,
  "//etc",
  "/proc/self/root/etc",
];
const nonsense = ["", "relative", "%00", `/${"a".repeat(5_000)}`, "%ff%fe"];

test.each([
  ["GET /api/fs/list", (path: string) => ask("GET", `/api/fs/list?path=${path}`)],
  ["GET /api/fs/complete", (path: string) => ask("GET", `/api/fs/complete?prefix=${path}`)],
  ["GET /api/workspace/config", (path: string) => ask("GET", `/api/workspace/config?path=${path}`)],
  [
    "PUT /api/workspace/config",
    (path: string) =>
      ask("PUT", "/api/workspace/config", { path: decoded(path), config: { ui: { theme_override: "dark" } } }),
  ],
  ["POST /api/direnv/allow", (path: string) => ask("POST", "/api/direnv/allow", { path: decoded(path) })],
])("%s: folders outside of the roots, links that lead there, and what is no path", async (route, get) => {
  for (const path of closed()) {
    const answer = await get(encodeURIComponent(path));
    // A prefix that leads nowhere is completed by nothing.
    expect([path, JSON.stringify(answer.body)]).toEqual([path, expect.not.stringContaining('"ssl')]);
    const isNothing = route.endsWith("complete") && answer.status === 200;
    if (!isNothing) expectRefusal(answer, [400, 403, 404, 409], path);
  }
  for (const path of nonsense) {
    const answer = await get(path);
    expect([path.slice(0, 20), answer.status < 500]).toEqual([path.slice(0, 20), true]);
    if (answer.status !== 200) expectRefusal(answer, [400, 403, 404, 409, 414, 431], path.slice(0, 20));
  }
});

/** As it would stand in an address; what is no text stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

test("folders, workspace settings and direnv: what they give", async () => {
  const list = await ask("GET", `/api/fs/list?path=${encodeURIComponent(project())}`);
  expect(list).toMatchObject({ status: 200, body: { path: project() } });
  expect(JSON.stringify(list.body)).toContain('"src"');
  const complete = await ask("GET", `/api/fs/complete?prefix=${encodeURIComponent(join(project(), "s"))}`);
  expect(JSON.stringify(complete.body)).toContain(join(project(), "src"));
  const config = { ui: { theme_override: "dark" } };
  expect((await ask("PUT", "/api/workspace/config", { path: project(), config })).status).toBe(200);
  expect(await ask("GET", `/api/workspace/config?path=${encodeURIComponent(project())}`)).toMatchObject({
    status: 200,
    body: { config },
  });
  writeFileSync(join(project(), ".envrc"), "export A=1\n");
  const blocked = await ask("POST", "/api/sessions", { working_dir: project() });
  expect(blocked).toMatchObject({ status: 409, body: { error: { code: "DIRENV_BLOCKED" } } });
  expect((await ask("POST", "/api/direnv/allow", { path: project() })).status).toBeLessThan(300);
  expect(await restOf(daemon).get(await create())).toMatchObject({ status: "live" });
});
