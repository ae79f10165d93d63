import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { script, startDemoModel, writeDemoAgentDir } from "@pier/demo-model";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { refillWhileParked } from "../harness/parked-session.ts";
import { cpuSeconds } from "../harness/process-cost.ts";
import { type Reply, ReplyWatch } from "../harness/reply-watch.ts";
import type { Figure } from "../report/figure.ts";
import { median } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const tokenCount = 500;
const prompt = script([{ tokens: tokenCount, delay: 12 }]);

/** A reply of 500 tokens from the real pi and the demo model, to one client that lets deltas be joined within 50 ms. */
export const tokens: Workload = async ({ repeat }) => {
  const agentDir = mkdtempSync(join(tmpdir(), "pier-bench-agent-"));
  const model = await startDemoModel({ stepDelayMs: 0 });
  await writeDemoAgentDir(agentDir, { port: model.port, contextWindow: 100_000_000 });
  const daemon = await BenchDaemon.start({ pi: null, env: { PI_CODING_AGENT_DIR: agentDir } });
  try {
    const { id } = await daemon.createSession();
    const watch = await ReplyWatch.open(daemon, id);
    await reply(daemon, watch); // pi's first turn says what no other does
    const small = await replies(daemon, watch, repeat);
    await refillWhileParked(daemon, id, 6_000, 400);
    await reply(daemon, watch);
    const long = await replies(daemon, watch, repeat);
    watch.close();
    return [...figures("small session", small), ...figures("6,000 messages", long)];
  } finally {
    await daemon.dispose();
    await model.close();
    rmSync(agentDir, { recursive: true, force: true });
  }
};

interface Cost extends Reply {
  cpu: number;
}

async function replies(daemon: BenchDaemon, watch: ReplyWatch, repeat: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let at = 0; at < repeat; at++) costs.push(await reply(daemon, watch));
  return costs;
}

async function reply(daemon: BenchDaemon, watch: ReplyWatch): Promise<Cost> {
  const before = cpuSeconds(daemon.pid);
  const seen = await watch.prompt(prompt);
  return { ...seen, cpu: cpuSeconds(daemon.pid) - before };
}

function figures(what: string, costs: readonly Cost[]): Figure[] {
  const perToken = (of: (cost: Cost) => number): number => median(costs.map(of)) / tokenCount;
  return [
    {
      name: `${what}: frames per token, whole turn`,
      value: perToken(({ frames }) => frames),
      unit: "",
      mark: { most: 0.3 },
    },
    {
      name: `${what}: bytes per token, whole turn`,
      value: perToken(({ bytes }) => bytes),
      unit: "bytes",
      mark: { most: 100 },
    },
    { name: `${what}: frames per token, streaming`, value: perToken(({ streaming }) => streaming.frames), unit: "" },
    { name: `${what}: bytes per token, streaming`, value: perToken(({ streaming }) => streaming.bytes), unit: "bytes" },
    {
      name: `${what}: daemon CPU per reply`,
      value: median(costs.map(({ cpu }) => cpu)),
      unit: "s",
      mark: { most: 0.05 },
    },
  ];
}
