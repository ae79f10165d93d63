import type { SessionRecord } from "@pier/protocol";
import { activities } from "@pier/protocol/runtime";

/** How many sessions there are, by what they do: `3: 1 running, 2 idle`. */
export function countByActivity(sessions: readonly SessionRecord[]): string {
  if (sessions.length === 0) return "none";
  const counts = activities
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((activity) => ({ activity, count: sessions.filter((session) => session.activity === activity).length }))
    .filter(({ count }) => count > 0)
    .map(({ activity, count }) => `${count} ${activity}`);
  const waiting = sessions.filter((session) => session.attention !== null).length;
  const need = waiting === 0 ? "" : `; ${waiting} ${waiting === 1 ? "needs" : "need"} somebody`;
  return `${sessions.length}: ${counts.join(", ")}${need}`;
}

const order: readonly string[] = ["running", "idle", "starting", "stopped", "parked", "closed"];
