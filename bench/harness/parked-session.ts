import type { BenchDaemon } from "./bench-daemon.ts";
import { playThrough } from "./play.ts";
import { fillSessionFile } from "./session-file.ts";
import { waitUntil } from "./wait-until.ts";

/** A session whose process is gone and whose file holds `count` messages of about `bytes` each. */
export async function parkedSession(daemon: BenchDaemon, count: number, bytes: number): Promise<string> {
  const { id } = await daemon.createSession();
  // Its file counts once something was said.
  await playThrough(daemon, id, { play: "messages", count: 100, bytes: 1000 });
  await refillWhileParked(daemon, id, count, bytes);
  return id;
}

/** Ends a session's process and puts a long conversation into its file. */
export async function refillWhileParked(daemon: BenchDaemon, id: string, count: number, bytes: number): Promise<void> {
  const { pid, session_file: sessionFile } = await daemon.sessionInfo(id);
  if (pid === null || sessionFile == null) throw new Error("the session has no process or no file");
  process.kill(pid, "SIGTERM");
  await waitUntil("parking", async () => (await daemon.sessionInfo(id)).activity === "parked");
  fillSessionFile(sessionFile, count, bytes);
}
