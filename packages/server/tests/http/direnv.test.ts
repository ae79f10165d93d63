import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { limits } from "@pier/protocol";
import { expect, test } from "vitest";
import { direnvLimits } from "../../src/limits.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { openHttp } from "./open-http.ts";

function open() {
  const opened = openHttp();
  const { call, home } = opened;
  const app = join(home, "app");
  mkdirSync(join(app, "src"), { recursive: true });
  const envrc = join(app, ".envrc");
  writeFileSync(envrc, "export FROM_ENVRC=yes\n");
  const allow = async (path: string, token?: string | null) => {
    const answer = await call("POST", "/api/direnv/allow", {
      payload: { path },
      ...(token !== undefined && { token }),
    });
    return [answer.statusCode, answer.json<{ path?: string; error?: { code: string } }>()] as const;
  };
  const codeOf = async (path: string, token?: string | null) => {
    const [status, { error }] = await allow(path, token);
    return [path, status, error?.code];
  };
  /** What the .envrc sets, when direnv loads it. */
  const load = (): string =>
    execFileSync("direnv", ["exec", app, "sh", "-c", "echo $FROM_ENVRC"], {
      cwd: app,
      env: { PATH: process.env["PATH"] ?? "", HOME: home },
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  return { ...opened, app, envrc, allow, codeOf, load };
}

test.each(["/.envrc", "", "/src", "/src/"])(
  "POST /api/direnv/allow, ~/app%s: approves ~/app/.envrc, and again",
  async (way) => {
    const { allow, envrc, load, audit } = open();
    expect(load).toThrow("is blocked");
    expect(await allow(`~/app${way}`)).toEqual([200, { path: envrc }]);
    expect(load()).toBe("yes");
    expect(await allow(`~/app${way}`)).toEqual([200, { path: envrc }]);
    expect(audit.read(1)).toMatchObject([{ action: "POST /api/direnv/allow", target: `~/app${way}`, outcome: "ok" }]);
  },
);

test("POST /api/direnv/allow, a folder by another way: the real path is approved", async () => {
  const { allow, home, app, envrc, load } = open();
  symlinkSync(app, join(home, "link"));
  expect(await allow("~/link/.envrc")).toEqual([200, { path: envrc }]);
  expect(load()).toBe("yes");
});

test("POST /api/direnv/allow, paths that do not fit or lead out: refused, and nothing is approved", async () => {
  const { codeOf, home, app, envrc } = open();
  const outside = temporaryFolder();
  mkdirSync(outside);
  writeFileSync(join(outside, ".envrc"), "true\n");
  symlinkSync(outside, join(home, "out"));
  mkdirSync(join(home, "linked"));
  symlinkSync(join(outside, ".envrc"), join(home, "linked", ".envrc"));
  mkdirSync(join(home, "folder", ".envrc"), { recursive: true });
  mkdirSync(join(home, "large"));
  writeFileSync(join(home, "large", ".envrc"), "#".repeat(direnvLimits.envrc + 1));
  mkdirSync(join(home, "none"));
  const refused: [path: string, status: number, code: string][] = [
    [join(outside, ".envrc"), 403, "FORBIDDEN"],
    [outside, 403, "FORBIDDEN"],
    ["~/out", 403, "FORBIDDEN"],
    ["~/linked", 403, "FORBIDDEN"],
    ["~/linked/.envrc", 403, "FORBIDDEN"],
    ["/etc/passwd", 403, "FORBIDDEN"],
    ["~/app/../app", 400, "BAD_REQUEST"],
    ["app", 400, "BAD_REQUEST"],
    ["-h", 400, "BAD_REQUEST"],
    ["", 400, "BAD_REQUEST"],
    ["~/app\0/.envrc", 400, "BAD_REQUEST"],
    [`~/${"x".repeat(limits.path)}`, 400, "BAD_REQUEST"],
    ["~/folder", 400, "BAD_REQUEST"],
    ["~/large", 400, "BAD_REQUEST"],
    ["~/none", 404, "NOT_FOUND"],
    ["~/none/.envrc", 404, "NOT_FOUND"],
    ["~/nowhere/.envrc", 404, "NOT_FOUND"],
  ];
  for (const [path, status, code] of refused) expect(await codeOf(path)).toEqual([path, status, code]);
  expect(() => readFileSync(join(home, ".local", "share", "direnv", "allow"))).toThrow("ENOENT");
  expect(readFileSync(envrc, "utf8")).toContain("FROM_ENVRC");
  expect(app).toContain(home);
});

test("POST /api/direnv/allow, who may: those who may prompt, nobody else", async () => {
  const { codeOf, call, pair, allow, envrc } = open();
  expect(await codeOf("~/app", null)).toEqual(["~/app", 401, "UNAUTHENTICATED"]);
  expect(await codeOf("~/app", pair("read").token)).toEqual(["~/app", 403, "FORBIDDEN"]);
  for (const payload of [{}, { path: 1 }, { path: "~/app", force: true }, []])
    expect((await call("POST", "/api/direnv/allow", { payload })).statusCode).toBe(400);
  expect(await allow("~/app", pair("prompt").token)).toEqual([200, { path: envrc }]);
});
