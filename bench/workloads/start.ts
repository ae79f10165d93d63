import { attachOnce } from "../harness/attach.ts";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { playThrough } from "../harness/play.ts";
import { cpuSeconds } from "../harness/process-cost.ts";
import type { Figure } from "../report/figure.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

/** From the start of the process until it listens; and until a client has a session whose journal is read anew. */
export const start: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.startAgain();
  try {
    const listening: number[] = [];
    const cpu: number[] = [];
    for (let at = 0; at < repeat; at++) {
      await daemon.crash();
      listening.push(await daemon.listen());
      cpu.push(cpuSeconds(daemon.pid));
    }
    return [
      { name: "until it listens", value: median(listening) / 1000, unit: "s", mark: { most: 0.4 } },
      { name: "CPU until it listens", value: median(cpu), unit: "s" },
      ...(await recovery(daemon, repeat)),
    ];
  } finally {
    await daemon.dispose();
  }
};

async function recovery(daemon: BenchDaemon, repeat: number): Promise<Figure[]> {
  const { id } = await daemon.createSession();
  await playThrough(daemon, id, { play: "messages", count: 15_000, bytes: 1_900 });
  const attaching: number[] = [];
  const listening: number[] = [];
  for (let at = 0; at < repeat; at++) {
    await daemon.crash();
    listening.push(await daemon.listen());
    attaching.push((await attachOnce(daemon, id)).ms);
  }
  return [
    { name: "with a journal of 60 MB: until it listens", value: median(listening) / 1000, unit: "s" },
    { name: "with a journal of 60 MB: attach right then", value: median(attaching) / 1000, unit: "s" },
  ];
}
