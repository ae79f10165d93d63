import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDemoModel, writeDemoAgentDir } from "@pier/demo-model";
import { processEnvironment } from "./process-environment.ts";

export interface TestDaemonOptions {
  /** Further options of `pier serve`, before `--`. */
  args?: readonly string[];
  /** Options for pi, after `--`. */
  piArgs?: readonly string[];
  env?: Record<string, string>;
  /** pi's settings and models of the demo model. */
  demo?: Omit<Parameters<typeof writeDemoAgentDir>[1], "port">;
}

/** A real daemon in a process of its own, with a home, a data directory and a demo model of its own. */
export interface TestDaemon {
  /** Where sessions run; empty at first. */
  readonly folder: string;
  readonly home: string;
  readonly dataDir: string;
  readonly model: Awaited<ReturnType<typeof startDemoModel>>;
  /** Such as `http://127.0.0.1:45678`, or with https where `args` give a certificate; the same over restarts. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** What the daemon wrote so far. */
  output(): string;
  env: NodeJS.ProcessEnv;
  /** Options of `pier serve`, taken at each start. */
  readonly args: string[];
  /** Ends the daemon as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends the daemon as `pier stop` does, its sessions with it. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data directory. */
  start(): Promise<void>;
  /** Ends the daemon, its sessions and the model, and removes their folders. */
  dispose(): Promise<void>;
}

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

export async function startTestDaemon(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const root = mkdtempSync(join(tmpdir(), "pier-test-"));
  const home = join(root, "home");
  const folder = mkdtempSync(join(root, "project-"));
  const dataDir = join(root, "data");
  const agentDir = join(home, ".pi", "agent");
  const model = await startDemoModel({ stepDelayMs: 0 });
  await writeDemoAgentDir(agentDir, { port: model.port, ...options.demo });
  const env = processEnvironment(home, { PI_CODING_AGENT_DIR: agentDir, ...options.env });
  const own = [...(options.args ?? [])];
  let child: ChildProcess | undefined;
  let output = "";
  let port = 0;
  let scheme = "http";

  const start = async (): Promise<void> => {
    const pi = process.env.PIER_TEST_PI;
    const args = ["serve", "--port", String(port), "--data-dir", dataDir, "--cwd", folder];
    if (pi) args.push("--pi-cli-path", pi);
    args.push(...own, "--", ...(options.piArgs ?? []));
    const started = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
      env,
      cwd: folder,
    });
    child = started;
    const listening = new Promise<number>((resolve, reject) => {
      const take = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /Listening on (https?):\/\/[^\s]*?:(\d+)/.exec(output.slice(output.lastIndexOf("Listening on")));
        if (!found) return;
        scheme = found[1] ?? scheme;
        resolve(Number(found[2]));
      };
      started.stdout.on("data", take);
      started.stderr.on("data", take);
      // Not at its exit: what it said last may still be on its way then.
      started.once("close", (code) => reject(new Error(`the daemon ended with ${code}: ${output}`)));
    });
    port = await listening;
  };
  const kill = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    if (!child || !running()) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    output = "";
  };

  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    if (!running()) return;
    const token = readFileSync(join(dataDir, "local-token"), "utf8").trim();
    const gone = once(child as ChildProcess, "exit");
    // Its certificate may be anybody's.
    (scheme === "https" ? https : http)
      .request(`${scheme}://127.0.0.1:${port}/api/daemon/stop`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        rejectUnauthorized: false,
      })
      // The daemon may be gone before its answer is read.
      .on("error", () => {})
      .end();
    await gone;
    output = "";
  };

  try {
    await start();
  } catch (error) {
    await model.close();
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    home,
    dataDir,
    model,
    env,
    args: own,
    get url() {
      return `${scheme}://127.0.0.1:${port}`;
    },
    get token() {
      return readFileSync(join(dataDir, "local-token"), "utf8").trim();
    },
    get pid() {
      return child?.pid as number;
    },
    output: () => output,
    kill: () => kill(),
    start,
    stop,
    async dispose() {
      // A daemon that was killed left its sessions behind: the next one finds and ends them.
      if (!running()) await start();
      await stop();
      await model.close();
      // A git that the daemon had begun may still write into it.
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
