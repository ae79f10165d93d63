import { linuxTable } from "./linux-table.ts";
import { psTable } from "./ps-table.ts";

export type ProcessState = "running" | "stopped" | "dead";

/** A process as the operating system sees it; a pid alone is not an identity, pid and start time are. */
export interface ProcessTable {
  /** null when there is no such process. Zombies still have one. */
  startTime(pid: number): string | null;
  /** Zombies are dead, and so is a pid that somebody else has now. */
  state(pid: number, startTime: string): ProcessState;
  /** A cheap look, for polling: false may be late, true is sure. */
  isGone(pid: number, startTime: string): boolean;
  /** Living members of a process group. */
  group(pgid: number): number[];
  /** Those whose stdin is this file and who lead their session, oldest first; null where that cannot be seen. */
  leadersReading(path: string): number[] | null;
  /** Those who can write to this file; null where that cannot be seen. */
  writersOf(path: string): number[] | null;
  /** Whether every thread has come to rest after SIGSTOP. */
  isStill(pid: number): boolean;
}

/** /proc on Linux, the ps program elsewhere. */
export const processTable: ProcessTable = process.platform === "linux" ? linuxTable : psTable;
