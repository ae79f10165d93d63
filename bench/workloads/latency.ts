import { BenchDaemon } from "../harness/bench-daemon.ts";
import { DirectAgent } from "../harness/direct-agent.ts";
import type { PiRecord } from "../harness/line-reader.ts";
import { parseFrame, recordsOf, Socket } from "../harness/socket.ts";
import { waitUntil } from "../harness/wait-until.ts";
import type { Figure } from "../report/figure.ts";
import { median, percentile } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const play = { play: "timed", count: 600, rate: 200 };

/** From the moment before the agent writes a record until a reader has it parsed; both ways at the same time. */
export const latency: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  try {
    const { id } = await daemon.createSession();
    const rounds: Round[] = [];
    for (let at = 0; at < repeat; at++) rounds.push(await round(daemon, id));
    return [figure(rounds, 0.5, 0.14), figure(rounds, 0.95, 0.29), figure(rounds, 0.99)];
  } finally {
    await daemon.dispose();
  }
};

interface Round {
  relayed: number[];
  direct: number[];
}

async function round(daemon: BenchDaemon, session: string): Promise<Round> {
  const relayed: number[] = [];
  const direct: number[] = [];
  let attached = false;
  const socket = await Socket.open({
    url: daemon.url,
    token: daemon.token,
    onFrame: (bytes) => {
      const frame = parseFrame(bytes);
      attached ||= frame.type === "attached";
      for (const record of recordsOf(frame)) note(record, relayed);
    },
  });
  const agent = new DirectAgent(daemon.folder, (record) => note(record, direct));
  try {
    socket.send({ type: "attach", session });
    await waitUntil("attaching", () => attached);
    socket.play(session, play);
    agent.play(play);
    await waitUntil("every record", () => relayed.length === play.count && direct.length === play.count);
    return { relayed, direct };
  } finally {
    socket.close();
    agent.close();
  }
}

function note(record: PiRecord, into: number[]): void {
  const now = process.hrtime.bigint();
  const written = record.assistantMessageEvent?.delta?.slice(0, -1).split(" ")[1];
  if (written !== undefined) into.push(Number(now - BigInt(written)) / 1e6);
}

function figure(rounds: readonly Round[], share: number, most?: number): Figure {
  const relayed = median(rounds.map((each) => percentile(each.relayed, share)));
  const direct = median(rounds.map((each) => percentile(each.direct, share)));
  return {
    name: `added latency p${share * 100}`,
    value: relayed - direct,
    unit: "ms",
    direct,
    ...(most && { mark: { most } }),
  };
}
