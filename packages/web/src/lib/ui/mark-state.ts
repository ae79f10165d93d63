import type { SessionInfo } from "@pier/protocol";

export type MarkState = "question" | "error" | "unread" | "running" | "idle" | "parked";

/** The mark of a session and its name for people who cannot see it. */
export function markOf({ activity, attention }: Pick<SessionInfo, "activity" | "attention">): {
  state: MarkState;
  label: string;
} {
  if (attention?.reason === "question") return { state: "question", label: "Asks you" };
  if (attention?.reason === "error") return { state: "error", label: "Failed" };
  if (activity === "running" || activity === "starting") {
    return { state: "running", label: activity === "running" ? "Running" : "Starting" };
  }
  if (attention?.reason === "finished") return { state: "unread", label: "Finished, unread" };
  if (activity === "idle") return { state: "idle", label: "Idle" };
  if (activity === "stopped") return { state: "parked", label: "Suspended" };
  return { state: "parked", label: activity === "closed" ? "Closed" : "Parked, starts on first use" };
}
