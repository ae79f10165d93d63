import { type Terminal, TuiMainScreen } from "../pi-tui/index.ts";
import type { Dock } from "./dock.ts";
import type { Scrollback } from "./scrollback.ts";

/**
 * The terminal's main screen: a transcript that grows upwards into the terminal's own scrollback, and a dock below it.
 *
 * What left the screen upwards is printed for good, so the screen lets go of it: a frame costs what is to be seen, not
 * what was said before. Only a resize, another theme or a change above the screen needs it all again, from `restore`.
 */
export class Screen extends TuiMainScreen {
  readonly #scrollback: Scrollback;
  readonly #dock: Dock;
  /** Rows of the transcript in the last frame, as they went to the terminal. */
  #shown: readonly string[] = [];
  /** Rows above the first one that is on the screen. */
  #above = 0;
  #size = { columns: 0, rows: 0 };

  constructor(terminal: Terminal, { scrollback, dock }: { scrollback: Scrollback; dock: Dock }) {
    super(terminal);
    this.#scrollback = scrollback;
    this.#dock = dock;
  }

  /** Prints everything anew, what is kept of the history too. */
  redraw(): void {
    this.#restore();
    this.invalidate();
    this.requestRender(true);
  }

  override invalidate(): void {
    this.#scrollback.invalidate?.();
    this.#dock.invalidate?.();
    super.invalidate();
  }

  override render(width: number): string[] {
    const dock = this.#dock.render(width);
    let transcript = this.#scrollback.render(width);
    if (this.#differsAbove(transcript)) {
      // What cannot be reached any more has changed: pi-tui will clear all and print what we give it.
      this.#restore();
      transcript = this.#scrollback.render(width);
    }
    this.#shown = transcript;
    const bottom = this.#above + this.terminal.rows;
    const excess = transcript.length + dock.rows.length - bottom;
    const covered = Math.max(0, Math.min(excess, dock.covering, transcript.length));
    const free = this.#above > 0 ? Math.max(0, -excess) : 0;
    return [
      ...(covered > 0 ? transcript.slice(0, transcript.length - covered) : transcript),
      // The dock stays where it is when something above it went away.
      ...Array.from({ length: free }, () => ""),
      ...dock.rows,
    ];
  }

  protected override doRender(): void {
    if (this.stopped) return;
    const { columns, rows } = this.terminal;
    const resized = columns !== this.#size.columns || (rows !== this.#size.rows && !keepsOnHeightChange());
    if (resized && this.#size.columns > 0) this.#restore();
    this.#size = { columns, rows };
    if (this.#scrollback.outdated) {
      this.#restore();
      this.resetRenderState();
    }
    super.doRender();
    this.#letGo(columns);
  }

  #restore(): void {
    this.#above = 0;
    this.#shown = [];
    this.#scrollback.restore();
  }

  #differsAbove(transcript: readonly string[]): boolean {
    for (let row = 0; row < Math.min(this.#above, this.#shown.length); row++) {
      if (transcript[row] !== this.#shown[row]) return true;
    }
    return false;
  }

  /** Forgets what left the screen. In steps: each one makes images that are still to be seen be drawn again. */
  #letGo(width: number): void {
    const state = this.captureRenderState();
    this.#above = state.previousViewportTop;
    if (this.#above < step) return;
    const rows = this.#scrollback.dropAbove(this.#above, width);
    if (rows === 0) return;
    this.#above -= rows;
    this.#shown = this.#shown.slice(rows);
    this.restoreRenderState({
      ...state,
      previousLines: state.previousLines.slice(rows),
      cursorRow: state.cursorRow - rows,
      hardwareCursorRow: state.hardwareCursorRow - rows,
      maxLinesRendered: state.maxLinesRendered - rows,
      previousViewportTop: state.previousViewportTop - rows,
    });
  }
}

/** How many rows may be above the screen before they are let go of. */
const step = 100;

/** pi-tui spares Termux a full redraw whenever the soft keyboard comes and goes. */
function keepsOnHeightChange(): boolean {
  return Boolean(process.env.TERMUX_VERSION);
}
