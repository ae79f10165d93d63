import { type Terminal, TuiMainScreen, type TuiStopOptions } from "../pi-tui/index.ts";
import type { Dock } from "./dock.ts";
import type { Scrollback } from "./scrollback.ts";
import { tooSmall } from "./too-small.ts";

/** What is set on the terminal and given back: a title, a mode. */
export interface Guest {
  begin(): void;
  end(): void;
}

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
  /** The first rows as they were printed, where they have other colours by now and are out of reach. */
  #printed: readonly string[] = [];
  /** Rows above the first one that is on the screen. */
  #above = 0;
  /** Whether all that was printed is still known: nothing was let go of. */
  #whole = true;
  #held = false;
  readonly #guests = new Set<Guest>();
  #size = { columns: 0, rows: 0 };

  constructor(terminal: Terminal, { scrollback, dock }: { scrollback: Scrollback; dock: Dock }) {
    super(terminal);
    this.#scrollback = scrollback;
    this.#dock = dock;
  }

  /** Whether another program has the terminal. */
  get lent(): boolean {
    return this.stopped;
  }

  /** Prints everything anew, what is kept of the history too. */
  redraw(): void {
    this.#restore();
    this.invalidate();
    this.requestRender(true);
  }

  /**
   * Draws in other colours what is to be seen. What left the screen upwards keeps the colours in which it was printed,
   * unless `all`: then it is printed anew, if there is any.
   */
  recolour({ all = false } = {}): void {
    if (all && (this.#above > 0 || !this.#whole)) return this.redraw();
    const { columns } = this.terminal;
    const before = this.#scrollback.render(columns);
    const printed = [...this.#printed, ...this.#shown.slice(this.#printed.length, this.#above)];
    if (all) this.#scrollback.restore();
    this.invalidate();
    const after = this.#scrollback.render(columns);
    if (this.#above > 0 && after.length !== before.length) return this.redraw();
    this.#printed = printed;
    this.#shown = after;
    this.requestRender();
  }

  /** Sets something on the terminal while this program has it, from now on; the returned function ends that. */
  occupy(guest: Guest): () => void {
    this.#guests.add(guest);
    if (!this.stopped) guest.begin();
    return () => {
      if (this.#guests.delete(guest) && !this.stopped) guest.end();
    };
  }

  override start(): void {
    super.start();
    for (const guest of this.#guests) guest.begin();
  }

  override stop(options?: TuiStopOptions): void {
    if (this.stopped) return;
    for (const guest of this.#guests) guest.end();
    super.stop(options);
  }

  /** Draws nothing until a promise is settled: what it brings would be drawn over at once. */
  async hold(until: Promise<unknown>): Promise<void> {
    this.#held = true;
    await until.catch(() => {});
    this.#held = false;
    this.requestRender();
  }

  override invalidate(): void {
    this.#scrollback.invalidate?.();
    this.#dock.invalidate?.();
    super.invalidate();
  }

  override render(width: number): string[] {
    const words = tooSmall(width, this.terminal.rows);
    if (words) {
      this.#shown = [];
      return words;
    }
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
    const printed =
      this.#printed.length > 0 ? [...this.#printed, ...transcript.slice(this.#printed.length)] : transcript;
    return [
      ...(covered > 0 ? printed.slice(0, printed.length - covered) : printed),
      // The dock stays where it is when something above it went away.
      ...Array.from({ length: free }, () => ""),
      ...dock.rows,
    ];
  }

  protected override doRender(): void {
    if (this.stopped || this.#held) return;
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
    this.#printed = [];
    this.#whole = true;
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
    this.#printed = this.#printed.slice(rows);
    this.#whole = false;
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
