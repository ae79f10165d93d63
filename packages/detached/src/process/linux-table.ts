import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { parseProcStat } from "./proc-stat.ts";
import type { ProcStat } from "./proc-stat.ts";
import type { ProcessTable } from "./process-table.ts";

/** Ticks count from boot, so the boot's id is part of the start time: a reboot cannot confuse. */
export const linuxTable: ProcessTable = {
  startTime(pid) {
    const stat = statOf(pid);
    return stat && startOf(stat);
  },

  state(pid, startTime) {
    const stat = statOf(pid);
    if (!stat || isDead(stat) || startOf(stat) !== startTime) return "dead";
    return stat.state === "T" ? "stopped" : "running";
  },

  isGone(pid, startTime) {
    return linuxTable.state(pid, startTime) === "dead";
  },

  group(pgid) {
    return pids().filter((pid) => {
      const stat = statOf(pid);
      return stat !== null && stat.group === pgid && !isDead(stat);
    });
  },

  leadersReading(path) {
    return pids()
      .filter((pid) => linkOf(`/proc/${pid}/fd/0`) === path)
      .map((pid) => ({ pid, stat: statOf(pid) }))
      .filter(({ pid, stat }) => stat !== null && stat.session === pid && !isDead(stat))
      .toSorted((a, b) => Number(a.stat?.startTicks) - Number(b.stat?.startTicks))
      .map(({ pid }) => pid);
  },

  writersOf(path) {
    return pids().filter((pid) =>
      list(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === path && canWrite(pid, fd)),
    );
  },

  isStill(pid) {
    return list(`/proc/${pid}/task`).every((task) => {
      const stat = readStat(`/proc/${pid}/task/${task}/stat`);
      return stat === null || stat.state === "T" || isDead(stat);
    });
  },
};

let bootId: string | undefined;

function startOf(stat: ProcStat): string {
  bootId ??= read("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
  return `${bootId}:${stat.startTicks}`;
}

function isDead(stat: ProcStat): boolean {
  return stat.state === "Z" || stat.state === "X" || stat.state === "x";
}

/** The access mode is the last two bits of the octal `flags:`. */
function canWrite(pid: number, fd: string): boolean {
  const flags = /^flags:\s*([0-7]+)/m.exec(read(`/proc/${pid}/fdinfo/${fd}`) ?? "")?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) !== 0;
}

function pids(): number[] {
  return list("/proc")
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number);
}

function statOf(pid: number): ProcStat | null {
  return readStat(`/proc/${pid}/stat`);
}

function readStat(path: string): ProcStat | null {
  const line = read(path);
  return line === null ? null : parseProcStat(line);
}

// Processes come and go while we look, and some are not ours to see: then there is nothing to see.

function read(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
