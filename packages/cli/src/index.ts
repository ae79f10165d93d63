export type { Io } from "./io.ts";
export { main, type ProgramName, run } from "./run.ts";
