import { spawn } from "node:child_process";
import { LineReader, type PiRecord } from "./line-reader.ts";
import { agentPath } from "./paths.ts";

/** The agent at the end of two pipes, with nothing between. */
export class DirectAgent {
  readonly pid: number;
  readonly #child: ReturnType<typeof spawn>;

  constructor(cwd: string, onRecord: (record: PiRecord) => void) {
    this.#child = spawn(process.execPath, [agentPath, "--mode", "rpc", "--no-session"], {
      cwd,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.pid = this.#child.pid as number;
    const reader = new LineReader(onRecord);
    this.#child.stdout?.on("data", (chunk: Buffer) => reader.push(chunk));
  }

  command(payload: object): void {
    this.#child.stdin?.write(`${JSON.stringify(payload)}\n`);
  }

  play(workload: object): void {
    this.command({ id: "play", type: "prompt", message: JSON.stringify(workload) });
  }

  close(): void {
    this.#child.kill("SIGKILL");
  }
}
