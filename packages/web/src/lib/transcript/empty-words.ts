import type { ConnectionState, TranscriptStatus } from "@pier/client";
import type { SessionInfo } from "@pier/protocol";

/** What is known of a session in which nothing was said yet. */
export interface EmptySession {
  info: Pick<SessionInfo, "status" | "activity" | "origin"> | null;
  status: TranscriptStatus;
  connection: ConnectionState["status"];
  mayWrite: boolean;
}

/** What an empty conversation says of itself, and what can be done. */
export function emptyWords({ info, status, connection, mayWrite }: EmptySession): { what: string; advice: string } {
  if (connection !== "open") return { what: "No connection", advice: "What was said shows when it is back." };
  if (status === "attaching") return { what: "Opening the session…", advice: "" };
  if (status === "detached") return { what: "This session was left", advice: "Open it again to follow it." };
  if (info?.status === "closed") return { what: "Nothing was said in this session", advice: "It is closed." };
  if (info?.activity === "starting")
    return { what: "pi is starting…", advice: mayWrite ? "You can write already." : "" };
  const parked = info?.activity === "parked" ? "pi starts with the first message." : "";
  return { what: "Nothing was said yet", advice: mayWrite ? parked || "Write what pi should do." : "" };
}
