import type { SessionInfo } from "@pier/protocol";

/** Orders sessions for a person: those that need somebody first, live before closed, then the latest active. */
export function compareSessions(a: SessionInfo, b: SessionInfo): number {
  return (
    Number(b.attention !== undefined) - Number(a.attention !== undefined) ||
    Number(b.status === "live") - Number(a.status === "live") ||
    b.lastActiveAt - a.lastActiveAt ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
