import type { Foreground } from "../theme/colours.ts";

/** The colour of the lines around the editor: a shell command is being typed, or how much the model thinks. */
export function borderRole(text: string, thinkingLevel: string | undefined): Foreground {
  if (text.trimStart().startsWith("!")) return "bashMode";
  return levels[thinkingLevel ?? "off"] ?? "thinkingOff";
}

const levels: Readonly<Record<string, Foreground>> = {
  off: "thinkingOff",
  minimal: "thinkingMinimal",
  low: "thinkingLow",
  medium: "thinkingMedium",
  high: "thinkingHigh",
  xhigh: "thinkingXhigh",
  max: "thinkingMax",
};
