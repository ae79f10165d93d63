import type { AskOptions } from "../commands/command.ts";
import { isKey } from "./keys.ts";
import { LineInput } from "./line-input.ts";
import { frameRows, panelFrame } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { ScrollText } from "./scroll-text.ts";

export interface AskPanelEvents {
  /** Called at each answer, with the line as it is; null when the person wants none. */
  onDone: (line: string | null) => void;
}

/** A question that is answered with a line. */
export class AskPanel implements Panel {
  readonly covers = false;
  /** Said beside the keys, styled already. */
  note = "";
  readonly #setting: PanelSetting;
  readonly #events: AskPanelEvents;
  readonly #text: ScrollText;
  readonly #input: LineInput;

  constructor(
    setting: PanelSetting,
    { title, message, ...input }: AskOptions & { message?: string | undefined },
    events: AskPanelEvents,
  ) {
    this.#setting = setting;
    this.#events = events;
    this.#text = new ScrollText(setting.theme, title, message);
    this.#input = new LineInput(setting.theme, input);
  }

  get focused(): boolean {
    return this.#input.focused;
  }

  set focused(focused: boolean) {
    this.#input.focused = focused;
  }

  handleInput(data: string): void {
    if (isKey(data, "tui.select.cancel")) this.#events.onDone(null);
    else if (isKey(data, "tui.input.submit")) this.#events.onDone(this.#input.getValue());
    else if (isKey(data, "tui.select.pageUp")) this.#text.scroll(-1);
    else if (isKey(data, "tui.select.pageDown")) this.#text.scroll(1);
    else this.#input.handleInput(data);
  }

  invalidate(): void {
    this.#text.invalidate();
  }

  render(width: number): string[] {
    const room = panelRows(this.#setting);
    return panelFrame(this.#setting.theme, width, {
      rows: [...this.#text.render(width, Math.max(1, room - frameRows(room) - 1)), ...this.#input.render(width)],
      note: this.note,
      hints: ["Enter send", "Esc cancel"],
      room,
    });
  }
}
