import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { demoEnv, writeDemoAgentDir } from "../src/index.ts";
import type { DemoAgentDirOptions } from "../src/index.ts";

export type PiRecord = Record<string, unknown> & { type: string };

const BUNDLED = "../../../node_modules/@earendil-works/pi-coding-agent/dist/cli.js";

/** The pi under test: the bundled one, or the cli.js named by PIER_TEST_PI. */
const PI_PATH = process.env.PIER_TEST_PI ?? fileURLToPath(new URL(BUNDLED, import.meta.url));

/** A real pi in RPC mode, in folders of its own. */
export class RealPi implements AsyncDisposable {
  readonly records: PiRecord[] = [];
  /** Folder of the session. */
  readonly cwd: string;
  readonly #root: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #watchers = new Set<() => void>();
  #stderr = "";
  #rest = "";
  #commands = 0;

  static async start(options: DemoAgentDirOptions): Promise<RealPi> {
    const root = await mkdtemp(join(tmpdir(), "pier-demo-"));
    await mkdir(join(root, "work"));
    await writeDemoAgentDir(join(root, "agent"), {
      ...options,
      retry: { baseDelayMs: 1, ...options.retry },
    });
    return new RealPi(root);
  }

  private constructor(root: string) {
    this.#root = root;
    this.cwd = join(root, "work");
    this.#child = spawn(process.execPath, [PI_PATH, "--mode", "rpc"], {
      cwd: this.cwd,
      env: demoEnv(join(root, "agent"), process.env, { home: root }),
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#child.stdout.setEncoding("utf8").on("data", (chunk: string) => this.#read(chunk));
    this.#child.on("exit", () => this.#wake());
  }

  /** Sends a command; resolves with its response. */
  async command(type: string, fields: Record<string, unknown> = {}): Promise<PiRecord> {
    this.#commands += 1;
    const id = `c${this.#commands}`;
    this.#child.stdin.write(`${JSON.stringify({ ...fields, id, type })}\n`);
    return this.waitFor((record) => record.type === "response" && record.id === id);
  }

  /** Prompts; resolves with the assistant message that ends the run well, once pi takes the next prompt. */
  async ask(message: string, fields: Record<string, unknown> = {}): Promise<Reply> {
    const since = this.records.length;
    const response = await this.command("prompt", { ...fields, message });
    if (response.success !== true) throw new Error(JSON.stringify(response));
    const reply = await this.waitForReply("stop", since);
    await this.#waitForIdle();
    return reply;
  }

  /** Resolves with the first finished assistant message of a stop reason. */
  async waitForReply(stopReason: string, since = 0): Promise<Reply> {
    const isWanted = (record: PiRecord): boolean => {
      const message = record.message as Reply | undefined;
      return record.type === "message_end" && message?.role === "assistant" && message.stopReason === stopReason;
    };
    const record = await this.waitFor(isWanted, since);
    return record.message as Reply;
  }

  /** Resolves with the first record that matches, even one that came before. */
  waitFor(matches: (record: PiRecord) => boolean, since = 0): Promise<PiRecord> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.records.slice(since).find((record) => matches(record));
        if (found === undefined && this.#child.exitCode === null && this.#child.signalCode === null) return;
        this.#watchers.delete(look);
        if (found === undefined) reject(new Error(`pi has exited: ${this.#stderr}`));
        else resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, "exit");
      this.#child.kill("SIGKILL");
      await exited;
    }
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  // Versions differ in the record that ends a run, but every one tells its state.
  async #waitForIdle(): Promise<void> {
    let busy = true;
    while (busy) {
      const { data } = await this.command("get_state");
      busy = (data as { isStreaming: boolean }).isStreaming;
    }
  }

  #read(chunk: string): void {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.records.push(JSON.parse(line) as PiRecord);
    this.#wake();
  }

  #wake(): void {
    for (const look of this.#watchers) look();
  }
}

/** An assistant message as pi reports it. */
export interface Reply {
  role: string;
  stopReason: string;
  errorMessage?: string;
  content: { type: string; text?: string; thinking?: string; name?: string }[];
  usage: { input: number; output: number; cacheRead: number; totalTokens: number };
}

/** The text of a message. */
export const textOf = ({ content }: Pick<Reply, "content">): string => content.map((part) => part.text ?? "").join("");

/** The thinking of a message. */
export const thinkingOf = ({ content }: Reply): string => content.map((part) => part.thinking ?? "").join("");
