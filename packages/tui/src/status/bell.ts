import type { Terminal } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";

/** Terminals that show a notification's text. */
const shows = /iterm|ghostty|wezterm|kitty/i;

/** Calls somebody who looks elsewhere: a notification where the terminal shows its text, otherwise the bell. */
export class Bell {
  readonly #terminal: Terminal;
  readonly #kind: "none" | "bell" | "text";

  constructor(terminal: Terminal, { PIER_NO_BELL, TERM = "", TERM_PROGRAM = "" }: NodeJS.ProcessEnv) {
    this.#terminal = terminal;
    const inside = /^(?:tmux|screen)/.test(TERM);
    const kind = !inside && (shows.test(TERM_PROGRAM) || shows.test(TERM)) ? "text" : "bell";
    this.#kind = PIER_NO_BELL || TERM === "dumb" ? "none" : kind;
  }

  ring(text: string): void {
    if (this.#kind === "none") return;
    // A text that begins with a digit would be another command of that sequence.
    const said = neutraliseLine(text).slice(0, 200).replaceAll(";", ",");
    this.#terminal.write(this.#kind === "bell" ? "\u0007" : `\u001b]9;${said}\u0007`);
  }
}
