import { record } from "@pier/client/messages";
import type { AgentMessage, Dialog } from "@pier/protocol";
import { questionText } from "#lib/dialogs/question-text.ts";
import { stopReason } from "./rows/stop-reason.ts";

/** What of a session is announced when it changes. */
export interface Moment {
  isRunning: boolean;
  last: AgentMessage | undefined;
  question: Dialog | undefined;
}

/** What to say to those who do not see it: a question, the end of a turn and how it ended; null when it is nothing of that. */
export function announcementOf(before: Moment, now: Moment): string | null {
  if (now.question && now.question.id !== before.question?.id) return `pi asks: ${questionText(now.question).title}`;
  if (!before.isRunning || now.isRunning) return null;
  const stop = now.last?.role === "assistant" ? stopReason(record(now.last)) : null;
  return stop ? stop.text : "pi is done.";
}
