import type { AgentMessage } from "./messages.ts";

/**
 * Whether a message is an item of the transcript. The prompt for the model (`system`) and what an extension adds for the
 * model alone (`custom` with `display: false`) are not: the same rule for journals, session files and clients.
 */
export function isShown(message: AgentMessage): boolean {
  if (message.role === "system") return false;
  return message.role !== "custom" || (message as { display?: unknown }).display !== false;
}
