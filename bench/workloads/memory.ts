import { setTimeout as sleep } from "node:timers/promises";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { playThrough } from "../harness/play.ts";
import { residentMiB, memory as memoryOf } from "../harness/process-cost.ts";
import { StallingClient } from "../harness/stalling-client.ts";
import type { Figure } from "../report/figure.ts";
import type { Workload } from "./workload.ts";

const flood = { play: "deltas", count: 500_000, bytes: 920 };

/** What the daemon takes without a session, and by how much it grows while a client does not read. */
export const memory: Workload = async () => {
  const daemon = await BenchDaemon.startAgain();
  try {
    await sleep(2_000);
    const idle = memoryOf(daemon.pid);
    return [
      { name: "idle without a session: RSS", value: idle.rss, unit: "MiB", mark: { most: 90 } },
      { name: "idle without a session: PSS", value: idle.pss, unit: "MiB", mark: { most: 90 } },
      ...(await stalled(daemon)),
    ];
  } finally {
    await daemon.dispose();
  }
};

async function stalled(daemon: BenchDaemon): Promise<Figure[]> {
  const { id } = await daemon.createSession();
  // What every daemon grows by that ever relayed something is not the stalled client's doing.
  const reading = new StallingClient(daemon, id);
  await reading.ready;
  const readingGrowth = await growthDuring(daemon, () => playThrough(daemon, id, { ...flood, count: flood.count / 5 }));
  reading.close();
  const client = new StallingClient(daemon, id);
  await client.ready;
  client.stall();
  const growth = await growthDuring(daemon, () => playThrough(daemon, id, flood));
  client.resume();
  const equal = await client.endsAs(new StallingClient(daemon, id));
  client.close();
  return [
    { name: "growth during 100 MB, client reads", value: readingGrowth, unit: "MiB" },
    { name: "growth during 500 MB, client does not read", value: growth, unit: "MiB", mark: { most: 32 } },
    { name: "the client that reads on ends as any other", value: equal ? 1 : 0, unit: "", mark: { least: 1 } },
  ];
}

/** How far the daemon's memory rose above where it stood before, MiB. */
async function growthDuring(daemon: BenchDaemon, work: () => Promise<void>): Promise<number> {
  const before = residentMiB(daemon.pid);
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, residentMiB(daemon.pid))), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return peak - before;
}
