import type { Transcript } from "@pier/client";
import { truncateToWidth } from "../pi-tui/index.ts";
import type { Section } from "../screen/section.ts";
import { neutraliseLine } from "../text/index.ts";
import type { Foreground } from "../theme/colours.ts";
import type { Theme } from "../theme/theme.ts";

export interface Waiting {
  transcript: Transcript;
  /** Prompts that were sent from here and not accepted yet. */
  outgoing: readonly string[];
}

/** Rows for each kind of what waits. */
const most = 4;

/** What was said and waits: for the turn, for the connection, for somebody to decide. No row while nothing does. */
export class QueueRows implements Section {
  readonly #theme: Theme;
  readonly #waiting: () => Waiting;

  constructor(theme: Theme, waiting: () => Waiting) {
    this.#theme = theme;
    this.#waiting = waiting;
  }

  render(width: number): readonly string[] {
    const { transcript, outgoing } = this.#waiting();
    const { steering, followUp } = transcript.live.queue;
    const offered = transcript.offered.map(({ text }) => text);
    const why = transcript.caughtUp ? "waiting for pi" : "waiting for the connection";
    return [
      ...this.#rows(width, steering, "steering", "muted"),
      ...this.#rows(width, followUp, "follow-up", "muted"),
      ...this.#rows(width, outgoing, why, "warning"),
      ...this.#rows(width, offered, "not saved", "warning"),
      ...(offered.length > 0
        ? [truncateToWidth(this.#theme.fg("warning", "pi ended before it saved this: //send or //dismiss"), width, "…")]
        : []),
    ];
  }

  #rows(width: number, texts: readonly string[], label: string, role: Foreground): string[] {
    const shown = texts.length > most ? texts.slice(0, most - 1) : texts;
    const rows = shown.map((text) => `${label}: ${neutraliseLine(text.slice(0, 1000))}`);
    if (shown.length < texts.length) rows.push(`${label}: … and ${texts.length - shown.length} more`);
    return rows.map((row) => truncateToWidth(this.#theme.fg(role, row), width, this.#theme.fg(role, "…")));
  }
}
