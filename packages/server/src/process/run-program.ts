import { spawn } from "node:child_process";

export interface RunOptions {
  /** Where it runs; absolute. */
  cwd: string;
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
  /** ms; then it is killed. */
  timeout: number;
  /** Bytes of stdout; then it is killed. */
  maxOutput: number;
  /** Characters of stderr that are kept, the last ones. */
  words: number;
}

export interface RunResult {
  /** null when it was killed, or never ran. */
  code: number | null;
  stdout: Buffer;
  stderr: string;
  /** Whether it was killed for taking too long or saying too much; then `stdout` holds its beginning. */
  cut: boolean;
}

/** Runs a program by argument vector, with nothing on its stdin, to its end. Never throws. */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { cwd, env, timeout, maxOutput, words } = options;
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd, env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = "";
    let cut = false;
    const stop = (): void => {
      cut = true;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(stop, timeout);
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutput) return stop();
      chunks.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-words);
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve(notRun(error.message));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(chunks), stderr: stderr.trim(), cut });
    });
  });
}

/** The result of a program that could not be started. */
export function notRun(stderr: string): RunResult {
  return { code: null, stdout: Buffer.alloc(0), stderr, cut: false };
}
