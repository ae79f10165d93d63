import { Editor } from "../pi-tui/index.ts";
import { neutralise, neutraliseLine } from "../text/index.ts";
import { isKey } from "./keys.ts";
import { fit, hintsRow } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { ScrollText } from "./scroll-text.ts";

export interface EditOptions {
  title: string;
  message?: string | undefined;
  prefill?: string | undefined;
}

export interface EditPanelEvents {
  /** Called at each answer, with the text as it is; null when the person wants none. */
  onDone: (text: string | null) => void;
}

/** Text of several lines to be written, or to be changed. */
export class EditPanel implements Panel {
  readonly covers = false;
  /** Said beside the keys, styled already. */
  note = "";
  readonly #setting: PanelSetting;
  readonly #events: EditPanelEvents;
  readonly #text: ScrollText;
  readonly #editor: Editor;
  readonly #prefill: string;
  /** The prefill as the editor shows it. */
  readonly #shown: string;
  #outside = false;

  constructor(setting: PanelSetting, { title, message, prefill = "" }: EditOptions, events: EditPanelEvents) {
    this.#setting = setting;
    this.#events = events;
    this.#text = new ScrollText(setting.theme, title, message);
    this.#editor = new Editor(setting.screen, setting.theme.editor);
    this.#prefill = prefill;
    this.#editor.setText(withVisibleTabs(neutralise(prefill)));
    this.#shown = this.#editor.getText();
    // Keys of a person that swap Enter and Shift+Enter send by the editor itself, which is empty then.
    this.#editor.onSubmit = (text) => events.onDone(withTabs(text));
  }

  get focused(): boolean {
    return this.#editor.focused;
  }

  set focused(focused: boolean) {
    this.#editor.focused = focused;
  }

  handleInput(data: string): void {
    if (this.#outside) return;
    if (isKey(data, "tui.select.cancel")) this.#events.onDone(null);
    else if (this.#setting.editOutside && this.#setting.keys.matches(data, "app.editor.external"))
      void this.#editOutside();
    else if (this.#isSave(data)) this.#events.onDone(this.#value());
    else if (this.#text.overflows && isKey(data, "tui.editor.pageUp")) this.#text.scroll(-1);
    else if (this.#text.overflows && isKey(data, "tui.editor.pageDown")) this.#text.scroll(1);
    else this.#editor.handleInput(data);
  }

  invalidate(): void {
    this.#text.invalidate();
    this.#editor.invalidate();
  }

  render(width: number): string[] {
    const { theme } = this.#setting;
    const editor = this.#editor.render(Math.max(width, narrowest));
    const text = this.#text.render(width, Math.max(1, panelRows(this.#setting) - editor.length - 1));
    const { keys, editOutside } = this.#setting;
    const outside = editOutside ? `${keys.label("app.editor.external")} editor` : "";
    const hints = [this.note, "Enter save", "Shift+Enter newline", "Esc cancel", outside];
    return [...text, ...editor, hintsRow(theme, width, hints)].map((row) => fit(row, width));
  }

  /** The text as it is now; untouched, it is the prefill to the last character. */
  #value(): string {
    const text = this.#editor.getExpandedText();
    return text === this.#shown ? this.#prefill : withTabs(text);
  }

  async #editOutside(): Promise<void> {
    this.#outside = true;
    try {
      const text = await this.#setting.editOutside?.(this.#value());
      if (text !== null && text !== undefined) this.#editor.setText(withVisibleTabs(neutralise(text)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.note = this.#setting.theme.fg("error", neutraliseLine(message));
    } finally {
      this.#outside = false;
      this.#setting.screen.requestRender();
    }
  }

  #isSave(data: string): boolean {
    // Many terminals send a line feed for Ctrl+J, which is also taken for Enter.
    return isKey(data, "tui.input.submit") && !isKey(data, "tui.input.newLine") && !this.#isAfterBackslash();
  }

  /** A backslash before Enter makes a line, for terminals that cannot tell Shift+Enter from Enter. */
  #isAfterBackslash(): boolean {
    const { line, col } = this.#editor.getCursor();
    return this.#editor.getLines()[line]?.[col - 1] === "\\";
  }
}

/** pi-tui's editor makes spaces of tabs, which a Makefile does not survive. */
function withVisibleTabs(text: string): string {
  return text.replaceAll("\t", visibleTab);
}

function withTabs(text: string): string {
  return text.replaceAll(visibleTab, "\t");
}

/** In fewer columns pi-tui's editor cannot break a line at a wide character, and never ends. */
const narrowest = 4;

const visibleTab = "␉";
