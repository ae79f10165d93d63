import { gitLimits } from "../limits.ts";
import { findProgram } from "../process/find-program.ts";
import { notRun, type RunResult, runProgram } from "../process/run-program.ts";
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

/**
 * Runs git by argument vector, with nothing of the repository's own configuration being executed. Put `--` before paths
 * and `--end-of-options` before names of commits. Never throws: without a git on PATH, `code` is null.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<RunResult> {
  const { cwd, env, settings, timeout = gitLimits.time, maxOutput = gitLimits.output } = options;
  const program = findProgram("git", env);
  if (program === null) return Promise.resolve(notRun("There is no git on PATH: install it."));
  const how = { cwd, env: gitEnvironment(env, settings), timeout, maxOutput, words: gitLimits.words };
  return runProgram(program, [...gitSafeArguments, ...args], how);
}
