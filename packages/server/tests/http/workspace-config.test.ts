import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceLimits } from "../../src/limits.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { openHttp } from "./open-http.ts";

function open() {
  const opened = openHttp();
  const { call, home } = opened;
  const app = join(home, "app");
  mkdirSync(app);
  const put = (folder: string, text: string): void => {
    mkdirSync(join(app, folder), { recursive: true });
    writeFileSync(join(app, folder, "workspace.toml"), text);
  };
  const text = (): string => readFileSync(join(app, ".pier", "workspace.toml"), "utf8");
  const read = async (path = "~/app") => {
    const answer = await call("GET", `/api/workspace/config?path=${encodeURIComponent(path)}`);
    return [answer.statusCode, answer.json()] as [number, { error?: { code: string; message: string; path?: string } }];
  };
  const write = async (config: unknown, path = "~/app", token?: string) => {
    const answer = await call("PUT", "/api/workspace/config", {
      payload: { path, config } as object,
      ...(token !== undefined && { token }),
    });
    return [answer.statusCode, answer.json()] as [number, { error?: { code: string } }];
  };
  return { ...opened, app, put, text, read, write, file: join(app, ".pier", "workspace.toml") };
}

test("workspace config, nothing, written, changed and emptied: read back each time", async () => {
  const { app, read, write, file, text, audit, onWritten } = open();
  expect(await read()).toEqual([200, { path: app, file: null, config: {} }]);
  const config = {
    ui: { theme_override: "dark", skin_override: "zerg" },
    session: { provider: "acme", model: "large", thinking_level: "high" },
    setup: { command: 'npm ci && echo "done"' },
    workspace: { mode: "worktree" },
  };
  expect(await write(config)).toEqual([200, { path: app, file, config }]);
  expect(await read()).toEqual([200, { path: app, file, config }]);
  expect(onWritten).toHaveBeenLastCalledWith(app, config);
  expect(audit.read(1)).toMatchObject([{ action: "PUT /api/workspace/config", target: "~/app" }]);
  expect(await write({ ui: { skin_override: "beos" } })).toEqual([
    200,
    { path: app, file, config: { ui: { skin_override: "beos" } } },
  ]);
  expect(text()).toBe('[ui]\nskin_override = "beos"\n');
  expect(await write({})).toEqual([200, { path: app, file, config: {} }]);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test("PUT, a file with more than is known here: it survives, with the comments that begin the file", async () => {
  const { put, text, write } = open();
  put(
    ".pier",
    `# Ours.
# Do not touch.

count = 9223372036854775807
ratio = 1.0
[ui] # goes
theme_override = "light"
toString = "kept"
[other."a b"]
when = 1979-05-27T07:32:00Z
list = [1, 2.5, { a = true }]
`,
  );
  const before = text();
  expect((await write({ ui: { theme_override: "light" } }))[0]).toBe(200);
  expect(text()).toBe(before);
  expect((await write({ ui: { theme_override: "dark" } }))[0]).toBe(200);
  expect(text()).toBe(`# Ours.
# Do not touch.

count = 9223372036854775807
ratio = 1.0

[ui]
toString = "kept"
theme_override = "dark"

[other."a b"]
when = 1979-05-27T07:32:00.000Z
list = [ 1, 2.5, { a = true } ]
`);
});

test("a file of piface: is read where there is none of Pier's, and stays as it is when that is written", async () => {
  const { app, put, text, read, write } = open();
  put(".piface", '[ui]\nskin_override = "terran"\n[theirs]\nx = 1\n');
  const file = join(app, ".piface", "workspace.toml");
  expect(await read()).toEqual([200, { path: app, file, config: { ui: { skin_override: "terran" } } }]);
  await write({ ui: { skin_override: "protoss" } });
  expect(text()).toBe('[ui]\nskin_override = "protoss"\n\n[theirs]\nx = 1\n');
  expect(readFileSync(file, "utf8")).toContain("terran");
});

test.each([
  ["[ui\n", /line 1, column \d+: .*mend it/],
  ['[session]\nmodel = "a"\nmodel = "b"\n', /line 3/],
  ["a = ".concat("[".repeat(200)), /line 1/],
  ["ui = 3\n", /ui must be object/],
  ['[ui]\ntheme_override = "purple"\n', /ui\.theme_override must be one of light, dark/],
  ['[session]\nthinking_level = "zzz"\n', /session\.thinking_level must be one of off, minimal, low, /],
  ["[session]\nmodel = 3\n", /session\.model must be string/],
  [`x = "${"x".repeat(workspaceLimits.config)}"`, /bytes: at most/],
])("a file that does not fit (%j): said with its place, and not written over", async (toml, message) => {
  const { put, text, read, write, file } = open();
  put(".pier", toml);
  const [status, { error }] = await read();
  expect([status, error?.code]).toEqual([409, "CONFLICT"]);
  expect(error?.message).toMatch(message);
  expect([undefined, file]).toContain(error?.path);
  expect((await write({}))[0]).toBe(409);
  expect(text()).toBe(toml);
});

test("10. links, FIFOs and folders in the place of the file: refused, nothing outside is read or written", async () => {
  const outside = temporaryFolder();
  mkdirSync(outside);
  writeFileSync(join(outside, "workspace.toml"), '[session]\nmodel = "secret"\n');
  const traps: ((app: string) => void)[] = [
    (app) => symlinkSync(outside, join(app, ".pier")),
    (app) => symlinkSync(join(app, "nowhere"), join(app, ".pier")),
    (app) => writeFileSync(join(app, ".pier"), ""),
    (app) => {
      mkdirSync(join(app, ".pier"));
      symlinkSync(join(outside, "workspace.toml"), join(app, ".pier", "workspace.toml"));
    },
    (app) => mkdirSync(join(app, ".pier", "workspace.toml"), { recursive: true }),
    (app) => {
      mkdirSync(join(app, ".pier"));
      execFileSync("mkfifo", [join(app, ".pier", "workspace.toml")]);
    },
  ];
  for (const trap of traps) {
    const { app, read, write } = open();
    trap(app);
    expect((await read())[0]).toBe(409);
    expect((await write({ workspace: { mode: "shared" } }))[0]).toBe(409);
  }
  const { app, write } = open();
  mkdirSync(join(app, ".pier"));
  symlinkSync(join(outside, "new"), join(app, ".pier", "workspace.toml.new"));
  expect((await write({ workspace: { mode: "shared" } }))[0]).toBe(507);
  expect(existsSync(join(outside, "new"))).toBe(false);
  expect(readFileSync(join(outside, "workspace.toml"), "utf8")).toContain("secret");
});

test("10. folders that may not be looked at, git's own, gone, no folder; bodies that do not fit", async () => {
  const { app, read, write, pair } = open();
  mkdirSync(join(app, ".git"));
  writeFileSync(join(app, "file"), "");
  for (const [path, status] of [
    ["/etc", 403],
    ["~/app/..", 400],
    ["app", 400],
    ["~/app\0", 400],
    ["", 400],
    ["~/none", 404],
    ["~/app/file", 400],
  ] as const) {
    expect([path, (await read(path))[0]]).toEqual([path, status]);
    expect([path, (await write({}, path))[0]]).toEqual([path, status]);
  }
  expect((await write({}, "~/app/.git"))[0]).toBe(403);
  for (const config of [
    null,
    [],
    { ui: { theme_override: "purple" } },
    { ui: { skin_override: "toString" } },
    { other: {} },
    { setup: { command: "x".repeat(5_000) } },
    { session: { __proto__: null, model: "" } },
  ])
    expect((await write(config))[0]).toBe(400);
  expect((await write({}, "~/app", pair("read").token))[0]).toBe(403);
  expect(existsSync(join(app, ".pier"))).toBe(false);
});
