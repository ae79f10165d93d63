import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SessionRecord } from "@pier/protocol";
import { benchEnvironment } from "./environment.ts";
import { agentPath, launcherPath } from "./paths.ts";

export interface BenchDaemonOptions {
  /** What runs as pi; the bench's agent when not told, the daemon's own choice when null. */
  pi?: string | null;
  env?: Record<string, string>;
  /** Options of Node for the daemon, such as `--cpu-prof`. */
  nodeOptions?: readonly string[];
}

/** A daemon in a process of its own, with a home, data and a project folder of its own. */
export class BenchDaemon {
  readonly folder: string;
  readonly #root = mkdtempSync(join(tmpdir(), "pier-bench-"));
  readonly #options: BenchDaemonOptions;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(options: BenchDaemonOptions) {
    this.#options = options;
    this.folder = mkdtempSync(join(this.#root, "project-"));
  }

  static async start(options: BenchDaemonOptions = {}): Promise<BenchDaemon> {
    const daemon = new BenchDaemon(options);
    await daemon.listen();
    return daemon;
  }

  /** One that was started before, as on any day but the first: its sources come from the cache, stripped of their types. */
  static async startAgain(): Promise<BenchDaemon> {
    const daemon = await BenchDaemon.start();
    await daemon.#stop();
    await daemon.listen();
    return daemon;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get dataDir(): string {
    return join(this.#root, "data");
  }

  /** The home of the daemon, and of programs that use it. */
  get home(): string {
    return this.#root;
  }

  get pid(): number {
    return this.#child?.pid as number;
  }

  get token(): string {
    return readFileSync(join(this.dataDir, "local-token"), "utf8").trim();
  }

  /** Starts the process. Resolves to ms from there until it said that it listens. */
  async listen(): Promise<number> {
    const { pi = agentPath, env, nodeOptions = profileOptions() } = this.#options;
    const args = ["serve", "--port", String(this.#port), "--data-dir", this.dataDir, "--cwd", this.folder];
    if (pi !== null) args.push("--pi-cli-path", pi);
    const start = performance.now();
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", ...nodeOptions, launcherPath, ...args],
      {
        cwd: this.folder,
        env: benchEnvironment(this.#root, env),
      },
    );
    this.#child = child;
    this.#port = await listeningPort(child);
    return performance.now() - start;
  }

  /** Ends the process as a crash would. */
  async crash(): Promise<void> {
    const gone = once(this.#child as ChildProcess, "exit");
    this.#child?.kill("SIGKILL");
    await gone;
  }

  async createSession(): Promise<SessionRecord> {
    return (await this.#post("/api/sessions", { working_dir: this.folder })) as SessionRecord;
  }

  async sessionInfo(id: string): Promise<SessionRecord> {
    const list = (await this.#request("/api/sessions")) as SessionRecord[];
    return list.find((session) => session.id === id) as SessionRecord;
  }

  /** The secret of a link that lets one browser in. */
  async pairingSecret(): Promise<string> {
    return ((await this.#post("/api/pairing", { scope: "admin" })) as { secret: string }).secret;
  }

  /** Ends sessions and daemon, and removes what they left. */
  async dispose(): Promise<void> {
    await this.#stop();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }

  async #stop(): Promise<void> {
    const child = this.#child as ChildProcess;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    await this.#post("/api/daemon/stop", {}).catch(() => child.kill("SIGTERM"));
    await gone;
  }

  #post(path: string, body: object): Promise<unknown> {
    return this.#request(path, { method: "POST", body: JSON.stringify(body) });
  }

  async #request(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    const response = await fetch(this.url + path, { ...init, headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

/** `BENCH_PROFILE=folder` writes a CPU profile of every daemon there. */
function profileOptions(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ["--cpu-prof", `--cpu-prof-dir=${folder}`] : [];
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /Listening on http:\/\/\S*?:(\d+)/.exec(output);
      if (found) resolve(Number(found[1]));
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", (code) => reject(new Error(`the daemon ended with ${code}: ${output}`)));
  });
}
