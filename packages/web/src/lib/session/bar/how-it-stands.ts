import type { LiveState, SessionInfo } from "@pier/protocol";
import { type MarkState, markOf } from "#lib/ui/mark-state.ts";

/** The mark of a session in its title bar, and what is said beside it. */
export interface Standing {
  mark: MarkState;
  text: string;
  /** Whether the time that passed belongs behind the text. */
  isTimed: boolean;
}

/** How a session stands now: what its list says of it, and what is in flight, which is fresher. */
export function howItStands(
  info: Pick<SessionInfo, "activity" | "attention">,
  live: Pick<LiveState, "running" | "compaction" | "retry" | "bash">,
  questions: number,
): Standing {
  const { state, label } = markOf(info);
  if (info.activity === "closed" || info.activity === "stopped") {
    return { mark: "parked", text: label, isTimed: false };
  }
  if (questions > 0) return { mark: "question", text: "Asks you", isTimed: false };
  const works = (text: string): Standing => ({ mark: "running", text, isTimed: true });
  if (live.retry) return works("Trying again");
  if (live.compaction) return works("Compacting");
  if (live.running) return works("Working");
  if (live.bash.size > 0) return works("Running a command");
  if (state === "running") return works(info.activity === "starting" ? "Starting pi" : "Working");
  // Whoever has the page open reads what was unread.
  if (state === "unread" || state === "question") return { mark: "idle", text: "Idle", isTimed: false };
  return { mark: state, text: label, isTimed: false };
}
