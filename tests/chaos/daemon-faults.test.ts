import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { expect, onTestFinished, test } from "vitest";
import { attachTo, openSession, play, restOf, settled, textOf, until } from "../harness/test-client.ts";
import { startTestDaemon } from "../harness/test-daemon.ts";

test("the port is taken: the daemon ends and says so", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(startTestDaemon({ args: ["--port", String(port)] })).rejects.toThrow(new RegExp(`${port}`));
});

test("a file in the place of the data directory: the daemon ends and names it", async () => {
  const daemon = await startTestDaemon();
  onTestFinished(() => daemon.dispose());
  const path = join(daemon.home, "no-directory");
  writeFileSync(path, "");
  await expect(startTestDaemon({ args: ["--data-dir", path] })).rejects.toThrow("no-directory");
});

test("a second daemon on one data directory: it ends, says who is there, and the first goes on", async () => {
  const daemon = await startTestDaemon();
  onTestFinished(() => daemon.dispose());
  const session = await openSession(daemon);
  await expect(startTestDaemon({ args: ["--data-dir", daemon.dataDir] })).rejects.toThrow(String(daemon.pid));
  expect(textOf((await play(session, [{ text: "Still here." }])).at(-1))).toBe("Still here.");
});

/** A small disk of its own; null where none can be mounted. */
function smallDisk(folder: string): (() => void) | null {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return null;
  }
  return () => execFileSync("umount", ["-l", folder], { stdio: "ignore" });
}

/** Takes all the space that is left; returns what gives it back. */
function fill(folder: string): () => void {
  const path = join(folder, "filler");
  const descriptor = openSync(path, "w");
  try {
    for (let size = 65_536; size >= 1; size = size > 1 ? size >> 1 : 0) writeUntilFull(descriptor, size);
  } finally {
    closeSync(descriptor);
  }
  return () => rmSync(path);
}

function writeUntilFull(descriptor: number, size: number): void {
  const bytes = Buffer.alloc(size);
  try {
    while (writeSync(descriptor, bytes) === size);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

test("the disk is full: prompts are refused with a reason, the daemon stays, and goes on when there is space again", async ({
  skip,
}) => {
  const daemon = await startTestDaemon();
  onTestFinished(() => daemon.dispose());
  await daemon.stop();
  const unmount = smallDisk(daemon.dataDir);
  if (!unmount) skip("no small disk can be mounted here");
  onTestFinished(async () => {
    await daemon.stop();
    unmount?.();
  });
  await daemon.start();
  const session = await openSession(daemon);
  await play(session, [{ text: "Space." }]);
  const release = fill(daemon.dataDir);
  expect(statfsSync(daemon.dataDir).bavail).toBe(0);
  await expect(session.prompt(script([{ text: "No space." }]))).rejects.toMatchObject({ code: "STORAGE" });
  expect(await restOf(daemon).get(session.session)).toMatchObject({ status: "live" });
  release();
  const late = await attachTo(daemon, session.session);
  await until(late, "the present", () => late.transcript.caughtUp);
  const from = late.transcript.items.length;
  await late.prompt(script([{ text: "Space again." }]));
  expect((await settled(late, from)).map(textOf).at(-1)).toBe("Space again.");
});
