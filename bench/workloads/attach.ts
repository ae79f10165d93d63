import { type Attaching, attachOnce, pageBytes } from "../harness/attach.ts";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { parkedSession } from "../harness/parked-session.ts";
import { playThrough } from "../harness/play.ts";
import { cpuSeconds } from "../harness/process-cost.ts";
import type { Figure } from "../report/figure.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const marks = { ms: 30, bytes: 256 * 1024, turn: 200 * 1024 };

/** Coming to a conversation of any length; the daemon's first look at it stands beside the median of those that follow. */
export const attach: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  try {
    const live = (await daemon.createSession()).id;
    await playThrough(daemon, live, { play: "messages", count: 10_000, bytes: 950 });
    const turn = (await daemon.createSession()).id;
    await playThrough(daemon, turn, { play: "tools", count: 3_000, bytes: 1_200 });
    const parked = await parkedSession(daemon, 10_000, 2_000);
    const large = await parkedSession(daemon, 55_000, 2_000);
    return [
      ...(await figures(daemon, live, "live, 10,000 messages, 20 MB", repeat)),
      ...(await figures(daemon, parked, "parked, 10,000 messages, 20 MB", repeat)),
      ...(await figures(daemon, large, "parked, 110 MB", repeat)),
      ...(await turnFigures(daemon, turn)),
    ];
  } finally {
    await daemon.dispose();
  }
};

async function figures(daemon: BenchDaemon, session: string, what: string, repeat: number): Promise<Figure[]> {
  const first = await attachOnce(daemon, session);
  const rounds: Attaching[] = [];
  const before = cpuSeconds(daemon.pid);
  for (let at = 0; at < repeat * 5; at++) rounds.push(await attachOnce(daemon, session));
  const cpu = ((cpuSeconds(daemon.pid) - before) / rounds.length) * 1000;
  return [
    { name: `${what}: first`, value: first.ms, unit: "ms", mark: { most: marks.ms } },
    { name: `${what}: again`, value: median(rounds.map(({ ms }) => ms)), unit: "ms", mark: { most: marks.ms } },
    { name: `${what}: daemon CPU`, value: cpu, unit: "ms" },
    {
      name: `${what}: wire`,
      value: Math.max(...rounds.map(({ bytes }) => bytes)),
      unit: "bytes",
      mark: { most: marks.bytes },
    },
  ];
}

async function turnFigures(daemon: BenchDaemon, session: string): Promise<Figure[]> {
  const { ms, bytes, messages, before } = await attachOnce(daemon, session);
  const page = before === undefined ? 0 : await pageBytes(daemon, session, before);
  return [
    { name: "a turn of 3,000 tool calls", value: ms, unit: "ms", mark: { most: marks.ms } },
    { name: "a turn of 3,000 tool calls: wire", value: bytes, unit: "bytes", mark: { most: marks.bytes } },
    { name: "a turn of 3,000 tool calls: messages", value: messages, unit: "" },
    { name: "a turn of 3,000 tool calls: older page", value: page, unit: "bytes", mark: { most: marks.turn } },
  ];
}
