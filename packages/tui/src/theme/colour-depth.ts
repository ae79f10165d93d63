/** How many colours a terminal shows; none with `NO_COLOR`. */
export type ColourDepth = "none" | "256" | "truecolor";

/** Terminals that show 24-bit colours, by `TERM` or `TERM_PROGRAM`, though not all of them say so in `COLORTERM`. */
const exact = /-direct$|kitty|ghostty|wezterm|warpterminal|alacritty|foot|contour|iterm|vscode|zed/i;

/** How many colours the terminal shows, as its environment tells. `NO_COLOR` is stronger than what forces colours. */
export function colourDepth(env: NodeJS.ProcessEnv): ColourDepth {
  const { NO_COLOR, FORCE_COLOR, PI_TRUE_COLOR, COLORTERM = "", TERM = "", TERM_PROGRAM = "" } = env;
  if (NO_COLOR || TERM === "dumb" || FORCE_COLOR === "0" || FORCE_COLOR === "false") return "none";
  if (FORCE_COLOR === "1" || FORCE_COLOR === "2") return "256";
  if (FORCE_COLOR === "3" || PI_TRUE_COLOR === "1") return "truecolor";
  if (PI_TRUE_COLOR === "0") return "256";
  if (/^(?:truecolor|24bit)$/i.test(COLORTERM)) return "truecolor";
  // What runs inside tmux or screen is shown by them, whatever is around them.
  const inside = /^(?:tmux|screen)/.test(TERM);
  if (!inside && (env.WT_SESSION || exact.test(TERM) || exact.test(TERM_PROGRAM))) return "truecolor";
  return /^vt\d/.test(TERM) && !FORCE_COLOR ? "none" : "256";
}
