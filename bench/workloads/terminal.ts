import { BenchDaemon } from "../harness/bench-daemon.ts";
import { benchEnvironment } from "../harness/environment.ts";
import { parkedSession } from "../harness/parked-session.ts";
import { launcherPath } from "../harness/paths.ts";
import { playThrough } from "../harness/play.ts";
import { cpuSeconds, residentMiB } from "../harness/process-cost.ts";
import { TerminalProgram } from "../harness/terminal-program.ts";
import type { Figure } from "../report/figure.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

/** What a person at a terminal waits for, and what the client costs while a reply streams. */
export const terminal: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  try {
    return [...(await firstPaint(daemon, repeat)), ...(await streaming(daemon)), ...(await long(daemon))];
  } finally {
    await daemon.dispose();
  }
};

async function firstPaint(daemon: BenchDaemon, repeat: number): Promise<Figure[]> {
  const short = await parkedSession(daemon, 10, 2_000);
  const long = await parkedSession(daemon, 10_000, 2_000);
  // The daemon's first look at a conversation is measured by another workload.
  for (const id of [short, long]) await paint(daemon, id);
  const times = { short: [] as number[], long: [] as number[] };
  for (let at = 0; at < repeat * 2; at++) {
    times.short.push(await paint(daemon, short));
    times.long.push(await paint(daemon, long));
  }
  const [ten, many] = [median(times.short), median(times.long)];
  return [
    { name: "until the end of 10 messages is shown", value: ten / 1000, unit: "s" },
    { name: "until the end of 10,000 messages is shown", value: many / 1000, unit: "s", mark: { most: 0.5 } },
    { name: "10,000 messages / 10", value: many / ten, unit: "", mark: { most: 1.2 } },
  ];
}

async function paint(daemon: BenchDaemon, session: string): Promise<number> {
  const client = attach(daemon, session);
  const ms = await client.shows("word word");
  await client.leave();
  return ms;
}

async function streaming(daemon: BenchDaemon): Promise<Figure[]> {
  const { id } = await daemon.createSession();
  const client = attach(daemon, id);
  await client.shows("──");
  const small = await perToken(daemon, client, id);
  await playThrough(daemon, id, { play: "messages", count: 5_000, bytes: 1_000 });
  const many = await perToken(daemon, client, id);
  await client.leave();
  return [
    { name: "client CPU per token, small session", value: small, unit: "ms" },
    { name: "client CPU per token, 5,000 earlier messages", value: many, unit: "ms" },
    { name: "5,000 earlier messages / small", value: many / small, unit: "", mark: { most: 1.2 } },
  ];
}

/** CPU milliseconds of the client for each of 500 deltas at 100 a second. */
async function perToken(daemon: BenchDaemon, client: TerminalProgram, session: string): Promise<number> {
  const count = 500;
  await playThrough(daemon, session, { play: "timed", count: 50, rate: 100 });
  await client.shows("50 timed deltas");
  const before = cpuSeconds(client.pid);
  await playThrough(daemon, session, { play: "timed", count, rate: 100 });
  await client.shows(`${count} timed deltas`);
  return ((cpuSeconds(client.pid) - before) * 1000) / count;
}

async function long(daemon: BenchDaemon): Promise<Figure[]> {
  const { id } = await daemon.createSession();
  const client = attach(daemon, id);
  await client.shows("──");
  const rounds = 10;
  const grown: number[] = [];
  for (let at = 0; at < rounds; at++) {
    await playThrough(daemon, id, { play: "deltas", count: 10_000, bytes: 6, batch: 20 });
    grown.push(residentMiB(client.pid));
  }
  await client.leave();
  const [first = 0] = grown;
  const half = grown[rounds / 2 - 1] ?? 0;
  const last = grown.at(-1) ?? 0;
  return [
    { name: "client memory after 10,000 tokens", value: first, unit: "MiB" },
    { name: "client memory after 50,000 tokens", value: half, unit: "MiB" },
    { name: "client memory after 100,000 tokens", value: last, unit: "MiB" },
    { name: "after 100,000 tokens / after 50,000", value: last / half, unit: "", mark: { most: 1.1 } },
  ];
}

function attach(daemon: BenchDaemon, session: string): TerminalProgram {
  return new TerminalProgram([process.execPath, launcherPath, "attach", session, "--data-dir", daemon.dataDir], {
    env: benchEnvironment(daemon.home),
    cwd: daemon.folder,
  });
}
