import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { messagesOf, openSession, play, restOf, settled, textOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from "../harness/test-daemon.ts";

async function testDaemon(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const daemon = await startTestDaemon(options);
  onTestFinished(() => daemon.dispose());
  return daemon;
}

const containing = (text: string | RegExp): unknown =>
  typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);

/** A daemon that is given this file as its pi. */
async function withPi(text: string, mode: number): Promise<{ daemon: TestDaemon; path: string }> {
  const daemon = await testDaemon();
  const path = join(daemon.home, "fake-pi");
  writeFileSync(path, text);
  chmodSync(path, mode);
  await daemon.kill();
  daemon.args.push("--pi-cli-path", path);
  await daemon.start();
  return { daemon, path };
}

test("pi is missing: the daemon runs, creating a session says so, and works once pi is there", async () => {
  const daemon = await testDaemon({ args: ["--pi-cli-path", "/no/such/pi"] });
  await expect(openSession(daemon)).rejects.toMatchObject({ code: "PI_NOT_FOUND", message: containing("/no/such/pi") });
  expect(await restOf(daemon).list()).toEqual([]);
});

test("pi may not be executed: creating a session says so, and how to mend it", async () => {
  const { daemon } = await withPi("\u007fELF no program", 0o644);
  await expect(openSession(daemon)).rejects.toMatchObject({ code: "PI_UNUSABLE", message: containing("chmod +x") });
});

test("pi is no program: creating a session says so", async () => {
  const { daemon, path } = await withPi("\u007fELF no program", 0o755);
  await expect(openSession(daemon)).rejects.toMatchObject({ code: "PI_UNUSABLE", message: containing(path) });
});

test("pi is too old: creating a session says its version and the one that is needed", async () => {
  const { daemon, path } = await withPi("#!/bin/sh\necho 0.70.0\n", 0o755);
  await expect(openSession(daemon)).rejects.toMatchObject({
    code: "PI_UNUSABLE",
    message: containing(/0\.70\.0.*0\.74\.0/),
  });
  // An upgrade in its place needs no restart of the daemon.
  writeFileSync(path, "#!/bin/sh\necho 0.71.0-upgraded\n");
  await expect(openSession(daemon)).rejects.toMatchObject({ message: containing("0.71.0") });
});

test("pi says its version and then dies at start: its own words come back", async () => {
  const { daemon } = await withPi(
    '#!/bin/sh\n[ "$1" = --version ] && echo 0.87.1 && exit\necho "the cause of it" >&2\nexit 3\n',
    0o755,
  );
  await expect(openSession(daemon)).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: containing(/code 3.*the cause of it/s),
  });
  expect(await restOf(daemon).list()).toEqual([]);
});

test("an option that pi does not know, and a model that it does not have: its own words come back", async () => {
  const daemon = await testDaemon();
  await expect(openSession(daemon, { pi_args: ["--no-such-option"] })).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: containing("no-such-option"),
  });
  await expect(openSession(daemon, { model: "no-such-model" })).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: containing("no-such-model"),
  });
  await expect(openSession(daemon, { pi_args: ["-e", "/no/such/extension.ts"] })).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: containing("extension"),
  });
  expect(await restOf(daemon).list()).toEqual([]);
  expect(textOf((await play(await openSession(daemon), [{ text: "Fine." }])).at(-1))).toBe("Fine.");
});

test("a folder that is gone when the session is resumed: it says so, stays closed, and works when the folder is back", async () => {
  const daemon = await testDaemon();
  const folder = join(daemon.folder, "passing");
  mkdirSync(folder);
  const session = await openSession(daemon, { working_dir: folder });
  await play(session, [{ text: "Here." }]);
  await restOf(daemon).kill(session.session);
  rmSync(folder, { recursive: true });
  await expect(restOf(daemon).resume(session.session)).rejects.toMatchObject({ message: containing(folder) });
  expect(await restOf(daemon).get(session.session)).toMatchObject({ status: "closed" });
  mkdirSync(folder);
  await restOf(daemon).resume(session.session);
  const from = messagesOf(session).length;
  await play(session, [{ text: "Back." }]);
  expect((await settled(session, from)).map(textOf).at(-1)).toBe("Back.");
});
