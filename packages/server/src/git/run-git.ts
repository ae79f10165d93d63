import { spawn } from "node:child_process";
import { gitLimits } from "../limits.ts";
import { findProgram } from "./find-program.ts";
import { gitEnvironment, gitSafeArguments } from "./git-environment.ts";

export interface GitOptions {
  /** Where it runs; absolute. */
  cwd: string;
  /** What children inherit. */
  env: Readonly<Record<string, string>>;
  /** Settings that come before every configuration file. */
  settings?: ReadonlyMap<string, string>;
  /** ms; then it is killed. */
  timeout?: number;
  /** Bytes of output; then it is killed. */
  maxOutput?: number;
}

export interface GitResult {
  /** null when it was killed, or never ran. */
  code: number | null;
  stdout: Buffer;
  stderr: string;
  /** Whether it was killed for taking too long or saying too much; then `stdout` holds its beginning. */
  cut: boolean;
}

/**
 * Runs git by argument vector, with nothing of the repository's own configuration being executed. Put `--` before paths
 * and `--end-of-options` before names of commits. Never throws: without a git on PATH, `code` is null.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const { cwd, env, settings, timeout = gitLimits.time, maxOutput = gitLimits.output } = options;
  const program = findProgram("git", env);
  if (program === null) return Promise.resolve(notRun("There is no git on PATH: install it."));
  return new Promise((resolve) => {
    const child = spawn(program, [...gitSafeArguments, ...args], {
      cwd,
      env: gitEnvironment(env, settings),
      stdio: ["ignore", "pipe", "pipe"],
    });
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
      stderr = (stderr + text).slice(-gitLimits.words);
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

function notRun(stderr: string): GitResult {
  return { code: null, stdout: Buffer.alloc(0), stderr, cut: false };
}
