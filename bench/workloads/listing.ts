import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RestClient } from "@pier/client";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { makePlainSessions } from "../harness/plain-sessions.ts";
import { cpuSeconds, residentMiB } from "../harness/process-cost.ts";
import type { Figure } from "../report/figure.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const count = 5_000;
const page = { limit: 50 };

/** The list of sessions beside what plain pi left in its folders. */
export const listing: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  try {
    makePlainSessions(join(daemon.home, ".pi", "agent"), count, 1024 * 1024);
    await sleep(2_000);
    const rest = new RestClient({ url: daemon.url, token: daemon.token });
    const ask = async (query: Parameters<RestClient["listPage"]>[0]): Promise<number> => {
      const start = performance.now();
      const { total } = await rest.listPage(query);
      if (total !== count) throw new Error(`${total} sessions were listed, not ${count}.`);
      return performance.now() - start;
    };
    // The connection and the code of an empty list are not what is measured.
    await rest.listPage({ origin: "pier" });
    const idle = residentMiB(daemon.pid);
    const first = await ask(page);
    const [again, looked, whole, words]: number[][] = [[], [], [], []];
    const before = cpuSeconds(daemon.pid);
    for (let round = 0; round < repeat * 3; round++) {
      again?.push(await ask(page));
      whole?.push(await ask({}));
      words?.push(await ask({ ...page, query: "session project" }));
      // What was looked at a moment ago serves all who ask; after it the files are looked at again.
      await sleep(1_100);
      looked?.push(await ask(page));
    }
    const cpu = ((cpuSeconds(daemon.pid) - before) / (repeat * 3 * 4)) * 1_000;
    const line = (name: string, rounds: number[] | undefined): Figure => ({
      name: `5,000 files of 1 MB: ${name}`,
      value: median(rounds ?? []),
      unit: "ms",
      mark: { most: 50 },
    });
    return [
      { name: "5,000 files of 1 MB: first list", value: first, unit: "ms", mark: { most: 2_000 } },
      line("again, 50 of them", again),
      line("again, when the files are looked at anew", looked),
      line("by words", words),
      { ...line("all of them in one answer", whole), mark: { most: 200 } },
      { name: "5,000 files of 1 MB: daemon CPU per list", value: cpu, unit: "ms" },
      {
        name: "5,000 files of 1 MB: more memory",
        value: residentMiB(daemon.pid) - idle,
        unit: "MiB",
        mark: { most: 50 },
      },
    ];
  } finally {
    await daemon.dispose();
  }
};
