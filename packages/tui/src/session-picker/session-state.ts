import type { SessionInfo } from "@pier/protocol";
import type { Foreground } from "../theme/colours.ts";

/** How it stands with a session, for the eye and in words. */
export interface SessionState {
  mark: string;
  words: string;
  role: Foreground;
}

/** What matters most of a session: whether somebody is needed, then what goes on. */
export function sessionState({ attention, activity }: Pick<SessionInfo, "attention" | "activity">): SessionState {
  if (attention?.reason === "question") return { mark: "?", words: "needs an answer", role: "warning" };
  if (attention?.reason === "error") return { mark: "✗", words: "error", role: "error" };
  if (activity === "running") return { mark: "●", words: "working", role: "accent" };
  if (attention?.reason === "finished") return { mark: "✓", words: "finished, unread", role: "success" };
  return activities[activity] ?? { mark: "·", words: activity, role: "muted" };
}

const activities: Partial<Record<SessionInfo["activity"], SessionState>> = {
  starting: { mark: "…", words: "starting", role: "muted" },
  idle: { mark: "○", words: "idle", role: "muted" },
  stopped: { mark: "‖", words: "suspended", role: "warning" },
  parked: { mark: "◌", words: "asleep", role: "muted" },
  closed: { mark: "·", words: "closed", role: "dim" },
};
