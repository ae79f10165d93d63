import { setTimeout as sleep } from "node:timers/promises";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { ReturningClient } from "../harness/returning-client.ts";
import { waitUntil } from "../harness/wait-until.ts";
import type { Workload } from "./workload.ts";

const play = { play: "timed", count: 3_000, rate: 1_000 };

/** A client that leaves for a second in the middle and comes back with its cursor. */
export const away: Workload = async () => {
  const daemon = await BenchDaemon.start();
  try {
    const { id } = await daemon.createSession();
    const client = new ReturningClient(daemon, id);
    await client.come();
    client.play(play);
    await waitUntil("a second's events", () => client.numbers().length > 1_000);
    client.leave();
    const before = client.numbers().length;
    await sleep(1_000);
    await client.come();
    const { bytes } = client;
    await waitUntil("the end", () => client.ended);
    const numbers = client.numbers();
    const seen = new Set(numbers);
    return [
      { name: "events before leaving", value: before, unit: "" },
      { name: "bytes until caught up", value: bytes, unit: "bytes" },
      {
        name: "lost while away for 1 s at 1,000 events/s",
        value: play.count - seen.size,
        unit: "events",
        mark: { most: 0 },
      },
      { name: "doubled", value: numbers.length - seen.size, unit: "events", mark: { most: 0 } },
    ];
  } finally {
    await daemon.dispose();
  }
};
