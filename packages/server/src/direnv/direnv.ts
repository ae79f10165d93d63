import { realpathSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { PierError } from "@pier/protocol";
import { direnvLimits } from "../limits.ts";
import { findProgram } from "../process/find-program.ts";
import type { Program } from "../process/program.ts";
import { runProgram, type RunResult } from "../process/run-program.ts";
import { findEnvrc } from "./find-envrc.ts";

export interface DirenvOptions {
  /** False with `--no-direnv`. */
  enabled: boolean;
  /** What children inherit. */
  env: Readonly<Record<string, string>>;
}

/** The direnv of this machine, where there is one. */
export class Direnv {
  readonly #options: DirenvOptions;

  constructor(options: DirenvOptions) {
    this.#options = options;
  }

  /** Why there is no direnv to use, in one sentence; null when there is one. */
  get problem(): string | null {
    if (!this.#options.enabled) return "direnv is switched off: start Pier without --no-direnv.";
    return this.#find() === null ? "There is no direnv on PATH: install it first." : null;
  }

  /**
   * The program as it is started in a folder: through `direnv exec` where an .envrc may count, as it is elsewhere.
   *
   * What an .envrc runs could take what is meant for the program from stdin: the program alone gets it.
   */
  wrap(folder: string, program: Program): Program {
    const direnv = this.#options.enabled ? this.#find() : null;
    if (direnv === null) return program;
    const real = realpathSync(folder);
    if (findEnvrc(real) === null) return program;
    const aside = 'exec 9<&0 </dev/null && exec "$@"';
    const back = 'exec <&9 9<&- && exec "$@"';
    const inside = ["/bin/sh", "-c", back, "sh", program.command, ...program.args];
    return { command: "/bin/sh", args: ["-c", aside, "sh", direnv, "exec", real, ...inside] };
  }

  /** Whether the .envrc at exactly this path is approved; false when that cannot be told. */
  async isAllowed(file: string, folder: string): Promise<boolean> {
    const { code, stdout } = await this.#run(["status"], folder);
    const words = stdout.toString("utf8");
    // "true" became a number in 2.33, of which 0 is the good one.
    const allowed = /^Found RC allowed (?:true|0)$/m.test(words);
    return code === 0 && allowed && words.split("\n").includes(`Found RC path ${file}`);
  }

  /** Approves the .envrc at a path. @throws PierError `CONFLICT` with its words */
  async allow(file: string, folder: string): Promise<void> {
    const { code, stderr } = await this.#run(["allow", file], folder);
    if (code === 0) return;
    throw new PierError("CONFLICT", `direnv did not approve ${file}: ${plain(stderr) || "it gave no reason"}.`);
  }

  async #run(args: string[], cwd: string): Promise<RunResult> {
    const direnv = this.#find();
    if (this.problem !== null || direnv === null) throw new PierError("CONFLICT", this.problem ?? "");
    const { time: timeout, output: maxOutput, words } = direnvLimits;
    return runProgram(direnv, args, { cwd, env: this.#options.env, timeout, maxOutput, words });
  }

  #find(): string | null {
    return findProgram("direnv", this.#options.env);
  }
}

/** The error of a program that direnv did not let start; null when that was not the reason. */
export function blockedEnvrc(stderr: string): PierError | null {
  const found = /^direnv: error (.+) is blocked\..*$/m.exec(plain(stderr));
  return found?.[1] === undefined ? null : new PierError("DIRENV_BLOCKED", found[0], { path: found[1] });
}

/** direnv colours its words wherever they go. */
function plain(words: string): string {
  return stripVTControlCharacters(words).trim();
}
