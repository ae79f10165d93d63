import { BenchDaemon } from "../harness/bench-daemon.ts";
import { DeltaCount } from "../harness/delta-count.ts";
import { DirectAgent } from "../harness/direct-agent.ts";
import { cpuSeconds } from "../harness/process-cost.ts";
import { parseFrame, recordsOf, Socket } from "../harness/socket.ts";
import { waitUntil } from "../harness/wait-until.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const count = 300_000;
/** How many events may be under way: no client falls so far behind that it is set aside. */
const credit = 16_000;
const play = { play: "deltas", count, bytes: 100, credit };
/** How many records go in one write: pi writes each by itself; the other shows what the daemon can take. */
const batches = { single: 1, burst: 64 };

/** Deltas of 100 bytes as fast as they go. */
export const throughput: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  try {
    const { id } = await daemon.createSession();
    await relayed(daemon, id, 1); // warms up
    const rounds: Round[] = [];
    for (let at = 0; at < repeat; at++) {
      rounds.push({
        direct: await direct(daemon.folder, batches.single),
        one: await relayed(daemon, id, 1),
        eight: await relayed(daemon, id, 8),
        directBurst: await direct(daemon.folder, batches.burst),
        burst: await relayed(daemon, id, 1, batches.burst),
      });
    }
    const of = (value: (round: Round) => number): number => median(rounds.map(value));
    return [
      { name: "one client", value: of(({ one }) => one.rate), unit: "events/s", direct: of((round) => round.direct) },
      {
        name: "one client / direct pipe",
        value: of((round) => round.one.rate / round.direct),
        unit: "",
        mark: { least: 0.59 },
      },
      { name: "daemon CPU per event, one client", value: of(({ one }) => one.cpu), unit: "µs" },
      { name: "eight clients, each", value: of(({ eight }) => eight.rate), unit: "events/s" },
      { name: "daemon CPU per event, eight clients", value: of(({ eight }) => eight.cpu), unit: "µs" },
      {
        name: "CPU, eight clients / one client",
        value: of(({ one, eight }) => eight.cpu / one.cpu),
        unit: "",
        mark: { most: 2 },
      },
      {
        name: "64 records a write, one client",
        value: of(({ burst }) => burst.rate),
        unit: "events/s",
        direct: of((round) => round.directBurst),
      },
      {
        name: "64 records a write / direct pipe",
        value: of((round) => round.burst.rate / round.directBurst),
        unit: "",
      },
      { name: "64 records a write, daemon CPU per event", value: of(({ burst }) => burst.cpu), unit: "µs" },
    ];
  } finally {
    await daemon.dispose();
  }
};

interface Round {
  direct: number;
  one: Relayed;
  eight: Relayed;
  directBurst: number;
  burst: Relayed;
}

/** Events a second through pipes. */
async function direct(folder: string, batch: number): Promise<number> {
  const counted = new DeltaCount(count, credit / 2, () => agent.command({ type: "bench_credit", events: credit / 2 }));
  const agent = new DirectAgent(folder, (record) => {
    if (record.type === "response") ready = true;
    counted.take(record);
  });
  let ready = false;
  try {
    agent.command({ id: "ready", type: "get_state" });
    await waitUntil("the agent's answer", () => ready);
    const start = performance.now();
    agent.play({ ...play, batch });
    await counted.complete;
    return (count / (performance.now() - start)) * 1000;
  } finally {
    agent.close();
  }
}

interface Relayed {
  /** Events a second. */
  rate: number;
  /** Daemon's CPU per event, µs. */
  cpu: number;
}

/** The same through the daemon. The first client parses everything, as the reader of the pipe does; the others count. */
async function relayed(
  daemon: BenchDaemon,
  session: string,
  clients: number,
  batch: number = batches.single,
): Promise<Relayed> {
  const first = new DeltaCount(count, credit / 2, () =>
    sockets[0]?.command(session, { type: "bench_credit", events: credit / 2 }),
  );
  const others: number[] = [];
  let attached = 0;
  const sockets: Socket[] = [];
  for (let at = 0; at < clients; at++) {
    if (at > 0) others.push(0);
    const onFrame = (bytes: Buffer): void => {
      if (bytes.subarray(0, 18).includes('"attached"')) attached++;
      else if (at > 0) others[at - 1] = (others[at - 1] ?? 0) + occurrences(bytes, '"text_delta"');
      else for (const record of recordsOf(parseFrame(bytes))) first.take(record);
    };
    sockets.push(await Socket.open({ url: daemon.url, token: daemon.token, onFrame }));
  }
  try {
    for (const socket of sockets) socket.send({ type: "attach", session });
    await waitUntil("attaching", () => attached === clients);
    const cpu = cpuSeconds(daemon.pid);
    const start = performance.now();
    sockets[0]?.play(session, { ...play, batch });
    await first.complete;
    await waitUntil("every event at every client", () => others.every((seen) => seen === count));
    const seconds = (performance.now() - start) / 1000;
    return { rate: count / seconds, cpu: ((cpuSeconds(daemon.pid) - cpu) / count) * 1e6 };
  } finally {
    for (const socket of sockets) socket.close();
  }
}

function occurrences(bytes: Buffer, what: string): number {
  let found = 0;
  for (let at = bytes.indexOf(what); at !== -1; at = bytes.indexOf(what, at + what.length)) found++;
  return found;
}
