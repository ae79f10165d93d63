import type { Io, Output } from "../io.ts";

/** What a text is, for people who see colours; the words must do without. */
export type Style = "plain" | "dim" | "bold" | "accent" | "good" | "bad" | "warning";

const codes: Record<Exclude<Style, "plain">, [open: number, close: number]> = {
  dim: [2, 22],
  bold: [1, 22],
  accent: [36, 39],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
};

export type Paint = (text: string, style: Style) => string;

/** How to style text for a stream: not at all when it is no terminal or colours are not wanted. */
export function paintFor(output: Output, env: Io["env"]): Paint {
  return wantsColour(output, env) ? paint : (text) => text;
}

export function paint(text: string, style: Style): string {
  if (style === "plain" || text === "") return text;
  const [open, close] = codes[style];
  return `\u001b[${open}m${text}\u001b[${close}m`;
}

function wantsColour(output: Output, env: Io["env"]): boolean {
  if (env.NO_COLOR || env.TERM === "dumb") return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return output.isTTY === true;
}
