import type { Section } from "../screen/section.ts";
import type { Theme } from "../theme/theme.ts";
import type { Activity } from "./activity.ts";
import { fitRow } from "./fit-row.ts";
import { spanText } from "./words.ts";

export interface Work {
  activity: Activity | null;
  /** How long the turn has been under way, in ms; null when that is not known. */
  elapsed: number | null;
  /** Which picture of the animation is to be seen; null without animation. */
  frame: number | null;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** What goes on, on one row; the row stays when nothing does, so that the editor does not jump. */
export class WorkingLine implements Section {
  readonly #theme: Theme;
  readonly #work: () => Work;

  constructor(theme: Theme, work: () => Work) {
    this.#theme = theme;
    this.#work = work;
  }

  render(width: number): readonly string[] {
    const { activity, elapsed, frame } = this.#work();
    if (!activity || width < 3) return [""];
    const theme = this.#theme;
    const mark = !activity.moves ? "·" : frame === null ? "•" : (frames[frame % frames.length] ?? "•");
    const row = fitRow(width - 2, {
      left: [
        { forms: [activity.text], rank: 3, style: (text) => theme.fg(activity.warning ? "warning" : "muted", text) },
        {
          forms: activity.moves && elapsed !== null && elapsed >= 1000 ? [spanText(elapsed), ""] : [""],
          rank: 2,
          style: (text) => theme.fg("dim", text),
        },
        { forms: activity.stops ? ["Esc stops", ""] : [""], rank: 1, style: (text) => theme.fg("dim", text) },
      ],
      style: (text) => theme.fg("dim", text),
    });
    return [`${theme.fg(activity.warning ? "warning" : "accent", mark)} ${row}`];
  }
}
