import { CURSOR_MARKER, matchesKey } from "../pi-tui/index.ts";
import { isKey } from "./keys.ts";
import { frameRows, panelFrame } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { ScrollText } from "./scroll-text.ts";

export interface ConfirmOptions {
  title: string;
  message?: string | undefined;
}

export interface ConfirmPanelEvents {
  /** Called at each answer; null when the person leaves the question (Esc). */
  onDone: (yes: boolean | null) => void;
}

/** A question that is answered with yes or no. */
export class ConfirmPanel implements Panel {
  readonly covers = false;
  focused = false;
  /** Said beside the keys, styled already. */
  note = "";
  readonly #setting: PanelSetting;
  readonly #events: ConfirmPanelEvents;
  readonly #text: ScrollText;
  #yes = true;

  constructor(setting: PanelSetting, { title, message }: ConfirmOptions, events: ConfirmPanelEvents) {
    this.#setting = setting;
    this.#events = events;
    this.#text = new ScrollText(setting.theme, title, message);
  }

  handleInput(data: string): void {
    if (isKey(data, "tui.select.cancel")) this.#events.onDone(null);
    else if (isKey(data, "tui.select.confirm")) this.#events.onDone(this.#yes);
    else if (isLetter(data, "y")) this.#events.onDone(true);
    else if (isLetter(data, "n")) this.#events.onDone(false);
    else if (isKey(data, "tui.select.pageUp")) this.#text.scroll(-1);
    else if (isKey(data, "tui.select.pageDown")) this.#text.scroll(1);
    else if (otherAnswer.some((key) => matchesKey(data, key))) this.#yes = !this.#yes;
  }

  invalidate(): void {
    this.#text.invalidate();
  }

  render(width: number): string[] {
    const room = panelRows(this.#setting);
    return panelFrame(this.#setting.theme, width, {
      rows: [...this.#text.render(width, Math.max(1, room - frameRows(room) - 1)), this.#answers()],
      note: this.note,
      hints: ["y/n", "←→ Enter choose", "Esc cancel"],
      room,
    });
  }

  #answers(): string {
    const { theme } = this.#setting;
    const cursor = this.focused ? CURSOR_MARKER : "";
    const answer = (yes: boolean, word: string): string =>
      yes === this.#yes ? `${cursor}${theme.fg("accent", `→ ${word}`)}` : `  ${word}`;
    return `${answer(true, "Yes")}   ${answer(false, "No")}`;
  }
}

function isLetter(data: string, letter: "y" | "n"): boolean {
  return matchesKey(data, letter) || matchesKey(data, `shift+${letter}`);
}

const otherAnswer = ["left", "right", "up", "down", "tab", "shift+tab"] as const;
