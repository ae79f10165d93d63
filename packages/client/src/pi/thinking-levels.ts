import type { Attachment } from "../attachment/attachment.ts";
import { piKnows } from "./pi-knows.ts";

/** The levels of the present model. What a pi cannot tell are all levels that it knows. */
export async function thinkingLevels(attachment: Attachment): Promise<string[]> {
  if (!piKnows(attachment, "get_available_thinking_levels")) return olderLevels;
  return (await attachment.getAvailableThinkingLevels()).levels;
}

/** Sets a level and resolves with what pi made of it: a model may not go as far. */
export async function setThinkingLevel(attachment: Attachment, level: string): Promise<string> {
  await attachment.setThinkingLevel(level);
  const { thinkingLevel = level } = await attachment.getState();
  return thinkingLevel === level ? level : `${thinkingLevel} (this model has no ${level})`;
}

/** What pis before 0.81 cannot tell: all levels they know. A level that the model lacks becomes the nearest. */
const olderLevels = ["off", "minimal", "low", "medium", "high", "xhigh"];

/** What a level means, in few words. */
export const thinkingWords: Readonly<Record<string, string>> = {
  off: "no thinking",
  minimal: "a glance",
  low: "a little",
  medium: "as a rule",
  high: "thoroughly",
  xhigh: "very thoroughly",
  max: "as much as it can",
};
