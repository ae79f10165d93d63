import { execFileSync } from "node:child_process";
import { errorCode } from "../error-code.ts";
import { PROGRAM_MS } from "../limits.ts";
import type { ProcessTable } from "./process-table.ts";

/** For systems without /proc. `lstart` is a date, so a reboot changes it. */
export const psTable: ProcessTable = {
  startTime(pid) {
    return look(pid)?.startTime ?? null;
  },

  state(pid, startTime) {
    if (!exists(pid)) return "dead";
    const seen = look(pid);
    if (!seen || seen.state.startsWith("Z") || seen.startTime !== startTime) return "dead";
    return seen.state.startsWith("T") ? "stopped" : "running";
  },

  isGone(pid) {
    return !exists(pid); // ps costs milliseconds, too many for a poll
  },

  group(pgid) {
    return ps(["-A", "-o", "pid=,pgid=,stat="])
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, group, state]) => Number(group) === pgid && !state?.startsWith("Z"))
      .map(([pid]) => Number(pid));
  },

  leadersReading() {
    return null;
  },

  writersOf() {
    return null;
  },

  isStill(pid) {
    const seen = look(pid);
    return !seen || /^[TZ]/.test(seen.state);
  },
};

function look(pid: number): { state: string; startTime: string } | null {
  const match = /^(\S+)\s+(.+)$/.exec(ps(["-o", "stat=,lstart=", "-p", String(pid)]).trim());
  const [, state, startTime] = match ?? [];
  return state && startTime ? { state, startTime: startTime.replaceAll(/\s+/g, " ") } : null;
}

/** A fixed zone and language: the date must read the same for every daemon. */
function ps(args: string[]): string {
  const env = { PATH: process.env["PATH"] ?? "/bin:/usr/bin", TZ: "UTC", LC_ALL: "C" };
  try {
    return execFileSync("ps", args, {
      env,
      encoding: "utf8",
      timeout: PROGRAM_MS,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return ""; // ps exits 1 when nothing matches
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
