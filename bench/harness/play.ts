import type { BenchDaemon } from "./bench-daemon.ts";
import { Socket } from "./socket.ts";
import { waitUntil } from "./wait-until.ts";

/** Lets a session's agent play a workload to its end. */
export async function playThrough(daemon: BenchDaemon, session: string, workload: object): Promise<void> {
  const socket = await Socket.open({ url: daemon.url, token: daemon.token, onFrame: () => {} });
  socket.play(session, { ...workload, pause: 100 });
  await waitUntil("the turn's beginning", async () => (await daemon.sessionInfo(session)).activity === "running");
  await waitUntil("the turn's end", async () => (await daemon.sessionInfo(session)).activity === "idle", 120);
  socket.close();
}
