import { neutraliseLine } from "../text/index.ts";
import { isKey } from "./keys.ts";
import { panelFrame } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";

export interface WaitPanelEvents {
  /** Esc, each time. */
  onStop: () => void;
}

/** Says what goes on, and for how long. */
export class WaitPanel implements Panel {
  readonly covers = false;
  readonly yields = true;
  focused = false;
  /** Whether it was told to stop. */
  stopping = false;
  readonly #setting: PanelSetting;
  readonly #events: WaitPanelEvents;
  readonly #text: string;
  readonly #since = Date.now();

  constructor(setting: PanelSetting, text: string, events: WaitPanelEvents) {
    this.#setting = setting;
    this.#events = events;
    this.#text = neutraliseLine(text);
  }

  handleInput(data: string): void {
    if (isKey(data, "tui.select.cancel")) this.#events.onStop();
  }

  invalidate(): void {}

  render(width: number): string[] {
    const { theme } = this.#setting;
    const ms = Date.now() - this.#since;
    const seconds = ms < 1000 ? "" : theme.fg("dim", ` ${Math.floor(ms / 1000)} s`);
    const spinner = theme.fg("accent", frames[Math.floor(ms / frameTime) % frames.length] ?? "");
    return panelFrame(theme, width, {
      rows: [`${spinner} ${this.#text}${seconds}`],
      hints: [this.stopping ? "stopping … Esc leaves it" : "Esc stop"],
      room: panelRows(this.#setting),
    });
  }
}

/** ms for which each picture of the spinner is shown. */
export const frameTime = 100;

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
