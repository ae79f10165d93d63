import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { limits } from "@pier/protocol";
import { expect, test } from "vitest";
import { info, openHttp } from "./open-http.ts";

const codeOf = (answer: { statusCode: number; json(): unknown }): unknown[] => [
  answer.statusCode,
  (answer.json() as { error?: { code: string } }).error?.code,
];

test("GET /api/fs/list and /api/fs/complete, a folder below home, answer in snake_case", async () => {
  const { call, home } = openHttp();
  mkdirSync(join(home, "code"));
  writeFileSync(join(home, "code", "a.txt"), "text");
  const listing = (await call("GET", "/api/fs/list?path=~/code")).json();
  expect(listing).toEqual({
    path: join(home, "code"),
    parent: home,
    entries: [
      {
        name: "a.txt",
        path: join(home, "code", "a.txt"),
        type: "file",
        size: 4,
        modified_at: expect.stringMatching(/^\d{4}-.*Z$/),
        symlink: false,
      },
    ],
    truncated: false,
  });
  expect((await call("GET", "/api/fs/list")).json().path).toBe(home);
  expect((await call("GET", "/api/fs/complete?prefix=~/c")).json()).toEqual({
    directories: ["~/code"],
    truncated: false,
  });
  expect((await call("GET", "/api/fs/complete")).json().directories).toContain(home);
});

test("10. Paths as they come over HTTP: encoded slashes and dots, NUL, twice, too long, links out", async () => {
  const { call, home } = openHttp();
  symlinkSync("/etc", join(home, "out"));
  const asked: [path: string, status: number, code: string][] = [
    ["%2Fetc", 403, "FORBIDDEN"],
    ["/etc", 403, "FORBIDDEN"],
    ["~%2Fout", 403, "FORBIDDEN"],
    ["~/out%2Fssl", 403, "FORBIDDEN"],
    ["%252Fetc", 400, "BAD_REQUEST"],
    ["~/%2e%2e/", 400, "BAD_REQUEST"],
    ["~%2F..%2F..%2Fetc", 400, "BAD_REQUEST"],
    ["~/%252e%252e/etc", 404, "NOT_FOUND"],
    ["~/x%00/etc", 400, "BAD_REQUEST"],
    ["etc", 400, "BAD_REQUEST"],
    ["", 400, "BAD_REQUEST"],
    ["/etc&path=~", 400, "BAD_REQUEST"],
    [`~/${"x".repeat(limits.path)}`, 400, "BAD_REQUEST"],
    ["~/nowhere", 404, "NOT_FOUND"],
  ];
  for (const [path, status, code] of asked)
    expect([path, ...codeOf(await call("GET", `/api/fs/list?path=${path}`))]).toEqual([path, status, code]);
});

test("GET /api/sessions/:id/files, no such session, a folder that is gone, a limit that does not fit: said", async () => {
  const { call } = openHttp();
  expect(codeOf(await call("GET", "/api/sessions/s2/files?query=x"))).toEqual([404, "SESSION_NOT_FOUND"]);
  expect(codeOf(await call("GET", "/api/sessions/s1/files?query=x"))).toEqual([404, "NOT_FOUND"]);
  for (const query of [
    "limit=0",
    `limit=${limits.foundFiles + 1}`,
    "limit=x",
    `query=${"x".repeat(limits.fileQuery + 1)}`,
  ])
    expect(codeOf(await call("GET", `/api/sessions/s1/files?${query}`))).toEqual([400, "BAD_REQUEST"]);
});

test("GET /api/sessions/:id/files, files of the session's folder, are found", async () => {
  const { call, sessions, home } = openHttp();
  writeFileSync(join(home, "cart.ts"), "");
  sessions.get.mockReturnValue({ ...info, cwd: home });
  expect((await call("GET", "/api/sessions/s1/files?query=crt")).json()).toEqual({
    files: [{ path: "cart.ts", directory: false }],
    truncated: false,
  });
});
