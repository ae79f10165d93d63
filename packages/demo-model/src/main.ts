import { parseArgs } from "node:util";
import { IdleExit } from "./idle-exit.ts";
import { startDemoModel } from "./server/start-demo-model.ts";
import type { DemoModelOptions } from "./server/start-demo-model.ts";

const USAGE = `node main.ts [--port N] [--host 127.0.0.1] [--step-delay-ms N] [--idle-exit-ms N] [--verbose]`;

// Whoever started the demo model may be gone; losing its pipe must not end the streams of others.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      port: text,
      host: text,
      "step-delay-ms": text,
      "idle-exit-ms": text,
      verbose: { type: "boolean", default: false },
    },
  });
  const idleMs = readNumber("idle-exit-ms", values["idle-exit-ms"]);
  let idle: IdleExit | undefined;
  const options: DemoModelOptions = {
    port: readNumber("port", values.port) ?? 0,
    onBusy: (busy) => idle?.setBusy(busy),
  };
  const stepDelayMs = readNumber("step-delay-ms", values["step-delay-ms"]);
  if (values.host !== undefined) options.host = values.host;
  if (stepDelayMs !== undefined) options.stepDelayMs = stepDelayMs;
  if (values.verbose) options.log = (record) => process.stderr.write(`${JSON.stringify(record)}\n`);

  const model = await startDemoModel(options);
  const stop = (): void => {
    idle?.stop();
    void model.close();
  };
  if (idleMs !== undefined) idle = new IdleExit(idleMs, stop);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(`${JSON.stringify({ type: "listening", port: model.port })}\n`);
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`Cannot start demo model: --${name} is "${text}", it must be a whole number`);
}
