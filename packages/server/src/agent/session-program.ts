import type { Direnv } from "../direnv/direnv.ts";
import type { Program } from "../process/program.ts";

/** A program with everything that starting it takes. */
export interface ProgramStart extends Program {
  cwd: string;
  env: Record<string, string>;
}

/** How a program is started in a session's folder: pi, and whatever else shall find the same environment. */
export type SessionProgram = (
  session: { cwd: string; demo: boolean; useDirenv: boolean },
  program: Program,
) => Promise<ProgramStart>;

export function createSessionProgram(options: {
  /** The environment before an .envrc changed it. */
  environment(demo: boolean): Promise<Record<string, string>>;
  direnv: Direnv;
}): SessionProgram {
  return async ({ cwd, demo, useDirenv }, program) => ({
    ...(useDirenv ? options.direnv.wrap(cwd, program) : program),
    cwd,
    env: await options.environment(demo),
  });
}
