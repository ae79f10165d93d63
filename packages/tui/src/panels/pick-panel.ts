import type { PickOptions } from "../commands/command.ts";
import { CURSOR_MARKER } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";
import { ChoiceList } from "./choice-list.ts";
import { filterRow } from "./filter-row.ts";
import { isKey } from "./keys.ts";
import { LineInput } from "./line-input.ts";
import { fit, frameRows, panelFrame } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { PickColumns } from "./pick-columns.ts";
import { type PickEntry, pickEntry } from "./pick-entry.ts";
import { ScrollText } from "./scroll-text.ts";

export interface PickPanelOptions<T> extends PickOptions<T> {
  message?: string | undefined;
  /** Whether it may cover the end of the transcript; it does if nothing else is said. */
  covers?: boolean;
}

export interface PickPanelEvents<T> {
  /** Called at each choice; null when the person wants none. */
  onDone: (value: T | null) => void;
}

/** A list to choose from: typing filters it. */
export class PickPanel<T> implements Panel {
  readonly covers: boolean;
  /** Said beside the keys, styled already. */
  note = "";
  readonly #setting: PanelSetting;
  readonly #events: PickPanelEvents<T>;
  readonly #empty: string;
  readonly #text: ScrollText;
  readonly #input: LineInput;
  readonly #list = new ChoiceList<PickEntry<T>>();
  readonly #columns: PickColumns;
  /** Rows the list had: it does not shrink while one types. */
  #tallest = 1;

  constructor(setting: PanelSetting, options: PickPanelOptions<T>, events: PickPanelEvents<T>) {
    this.covers = options.covers ?? true;
    this.#setting = setting;
    this.#events = events;
    this.#empty = neutraliseLine(options.empty);
    this.#text = new ScrollText(setting.theme, options.title, options.message);
    this.#input = new LineInput(setting.theme, { placeholder: "type to filter" });
    const entries = options.choices.map((choice, at) => pickEntry(choice, at, options.current));
    this.#list.replace(entries);
    this.#list.select(entries.find(({ marked }) => marked)?.key);
    this.#columns = new PickColumns(entries);
  }

  get focused(): boolean {
    return this.#input.focused;
  }

  set focused(focused: boolean) {
    this.#input.focused = focused;
  }

  handleInput(data: string): void {
    if (isKey(data, "tui.select.cancel")) return this.#events.onDone(null);
    if (isKey(data, "tui.select.confirm")) {
      const { selected } = this.#list;
      if (selected) this.#events.onDone(selected.value);
    } else if (isKey(data, "tui.select.up")) this.#list.move(-1);
    else if (isKey(data, "tui.select.down")) this.#list.move(1);
    else if (isKey(data, "tui.select.pageUp")) this.#page(-1);
    else if (isKey(data, "tui.select.pageDown")) this.#page(1);
    else {
      this.#input.handleInput(data);
      this.#list.filter(this.#input.getValue());
    }
  }

  invalidate(): void {
    this.#text.invalidate();
  }

  render(width: number): string[] {
    const { theme } = this.#setting;
    const room = panelRows(this.#setting);
    const filter = this.#isFiltered ? [filterRow(theme, width, { input: this.#input, list: this.#list })] : [];
    const free = Math.max(2, room - frameRows(room) - filter.length);
    this.#tallest = Math.min(longestList, Math.max(this.#tallest, this.#list.height));
    const text = this.#text.render(width, Math.max(1, free - Math.min(this.#tallest, shortestList)));
    const list = Math.max(1, Math.min(this.#tallest, free - text.length));
    const whole = this.#columns.rowsForWhole(width - 2, Math.floor((free - text.length) / 3));
    return panelFrame(theme, width, {
      rows: [
        ...text,
        ...filter,
        ...this.#choiceRows(width, Math.max(1, Math.min(list, free - text.length - whole))),
        ...this.#wholeRows(width, whole),
      ],
      note: this.note,
      hints: ["↑↓ move", "Enter choose", "Esc cancel"],
      room,
    });
  }

  /** A few choices need no filter, unless one is typed. */
  get #isFiltered(): boolean {
    return this.#list.total > unfiltered || this.#input.getValue() !== "";
  }

  #page(pages: number): void {
    if (this.#text.overflows) this.#text.scroll(pages);
    else this.#list.movePages(pages);
  }

  #choiceRows(width: number, count: number): string[] {
    const { theme } = this.#setting;
    const cursor = this.focused && !this.#isFiltered ? CURSOR_MARKER : "";
    const rows = this.#list.window(count).map((row) => {
      if (row.entry === undefined) return theme.fg("muted", theme.bold(row.group));
      const text = this.#columns.row(theme, row.entry, width - 2);
      return row.selected ? `${cursor}${theme.fg("accent", `→ ${text}`)}` : `  ${text}`;
    });
    if (rows.length === 0) {
      rows.push(theme.fg("muted", `  ${this.#list.total === 0 ? this.#empty : "Nothing fits what is typed."}`));
    }
    return [...rows, ...Array.from({ length: count - rows.length }, () => "")].map((row) => fit(row, width));
  }

  /** The selected choice when its row cannot show all of it. */
  #wholeRows(width: number, count: number): string[] {
    const { selected } = this.#list;
    if (count < 1) return [];
    const rows = selected ? this.#columns.whole(selected, width - 2, count) : Array.from({ length: count }, () => "");
    return rows.map((row) => `  ${this.#setting.theme.fg("muted", row)}`);
  }
}

const longestList = 14;
const shortestList = 5;
/** With more choices than these, where to type is shown. */
const unfiltered = 6;
