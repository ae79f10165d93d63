import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
let added: string;
beforeAll(async () => {
  added = mkdtempSync(join(tmpdir(), "pier-root-"));
  daemon = await startTestDaemon({ args: ["--root", added] });
});
afterAll(async () => {
  await daemon.dispose();
  rmSync(added, { recursive: true });
});

test("folders: home and --root may be looked at, the rest may not until a session works there", async () => {
  const rest = restOf(daemon);
  mkdirSync(join(daemon.home, "code", "shop"), { recursive: true });
  mkdirSync(join(added, "more"));
  expect((await rest.listFolder("~/code")).entries.map(({ name }) => name)).toEqual(["shop"]);
  expect((await rest.listFolder(added)).entries.map(({ name }) => name)).toEqual(["more"]);
  expect((await rest.completeFolder("~/co")).directories).toEqual(["~/code"]);
  const elsewhere = join(daemon.folder, "elsewhere");
  mkdirSync(elsewhere);
  for (const path of [elsewhere, daemon.dataDir, "/etc"]) {
    await expect(rest.listFolder(path)).rejects.toMatchObject({ status: 403, code: "FORBIDDEN" });
  }
  await openSession(daemon, { working_dir: elsewhere });
  expect(await rest.listFolder(elsewhere)).toMatchObject({ entries: [], parent: null });
});

test("files of a session: what the agent just wrote is found, what git ignores is not", async () => {
  const folder = join(daemon.folder, "project");
  mkdirSync(folder);
  writeFileSync(join(folder, ".gitignore"), "secret*\n");
  execFileSync("git", ["init", "-q"], { cwd: folder });
  const session = await openSession(daemon, { working_dir: folder });
  await play(session, [
    { tool: "write", args: { path: "src/cart.ts", content: "x" } },
    { turn: true },
    { tool: "write", args: { path: "secret-cart.ts", content: "x" } },
    { turn: true },
    { text: "Done." },
  ]);
  expect(await restOf(daemon).searchFiles(session.session, "cart")).toEqual({
    files: [{ path: "src/cart.ts", directory: false }],
    truncated: false,
  });
  rmSync(folder, { recursive: true });
  await expect(restOf(daemon).searchFiles(session.session, "cart")).rejects.toMatchObject({ status: 404 });
});

test("a daemon that is given a root that is not there: one sentence, and it does not start", async () => {
  await expect(startTestDaemon({ args: ["--root", "/no/such/root"] })).rejects.toThrow(
    /\/no\/such\/root does not exist/,
  );
});
