import type { Choice, PickOptions } from "../commands/command.ts";
import { CURSOR_MARKER, truncateToWidth, visibleWidth } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";
import { ChoiceList, type ListEntry } from "./choice-list.ts";
import { filterRow } from "./filter-row.ts";
import { isKey } from "./keys.ts";
import { LineInput } from "./line-input.ts";
import { fit, frameRows, panelFrame } from "./panel-frame.ts";
import { panelRows, type PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { searchText } from "./rank.ts";
import { ScrollText } from "./scroll-text.ts";

export interface PickPanelEvents<T> {
  /** Called at each choice; null when the person wants none. */
  onDone: (value: T | null) => void;
}

interface PickEntry<T> extends ListEntry {
  readonly choice: Choice<T>;
  readonly label: string;
  readonly detail: string;
  readonly marked: boolean;
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
  readonly #widest: number;

  constructor(
    setting: PanelSetting,
    options: PickOptions<T> & { message?: string | undefined },
    events: PickPanelEvents<T>,
    { covers = true }: { covers?: boolean } = {},
  ) {
    this.covers = covers;
    this.#setting = setting;
    this.#events = events;
    this.#empty = neutraliseLine(options.empty);
    this.#text = new ScrollText(setting.theme, options.title, options.message);
    this.#input = new LineInput(setting.theme, { placeholder: "type to filter" });
    const entries = options.choices.map((choice, at) => entryOf(choice, at, options.current));
    this.#list.replace(entries);
    this.#list.select(entries.find(({ marked }) => marked)?.key);
    this.#widest = Math.max(
      0,
      ...entries.filter(({ detail }) => detail !== "").map(({ label }) => visibleWidth(label)),
    );
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
      if (selected) this.#events.onDone(selected.choice.value);
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
    const filter = this.#isFiltered
      ? [filterRow(this.#setting.theme, width, { input: this.#input, list: this.#list })]
      : [];
    const free = Math.max(2, room - frameRows(room) - filter.length);
    const wanted = Math.max(1, Math.min(this.#list.height, longestList));
    const textRows = Math.max(1, Math.min(this.#text.height(width), free - Math.min(wanted, shortestList)));
    const text = this.#text.render(width, textRows);
    return panelFrame(theme, width, {
      rows: [...text, ...filter, ...this.#choiceRows(width, Math.max(1, Math.min(wanted, free - text.length)))],
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

  #choiceRows(width: number, max: number): string[] {
    const { theme } = this.#setting;
    if (this.#list.count === 0) {
      return [theme.fg("muted", `  ${this.#list.total === 0 ? this.#empty : "Nothing fits what is typed."}`)];
    }
    const cursor = this.focused && !this.#isFiltered ? CURSOR_MARKER : "";
    return this.#list.window(max).map((row) => {
      if (row.entry === undefined) return fit(theme.fg("muted", theme.bold(row.group)), width);
      const text = this.#choiceRow(row.entry, width - 2);
      return row.selected ? `${cursor}${theme.fg("accent", `→ ${text}`)}` : `  ${text}`;
    });
  }

  #choiceRow({ label, detail, marked }: PickEntry<T>, width: number): string {
    const { theme } = this.#setting;
    const mark = marked ? " ✓" : "";
    const column = Math.min(this.#widest + 2, Math.floor(width / 2));
    if (detail === "" || width - column < 12) return truncateToWidth(label, width - mark.length, "…") + mark;
    const short = truncateToWidth(label, column - mark.length, "…") + mark;
    const gap = " ".repeat(column - visibleWidth(short) + 2);
    return `${short}${gap}${theme.fg("muted", truncateToWidth(detail, width - column - 2, "…"))}`;
  }
}

const longestList = 14;
const shortestList = 5;
const unfiltered = 6;

function entryOf<T>(choice: Choice<T>, at: number, current: T | undefined): PickEntry<T> {
  const label = neutraliseLine(choice.label);
  const detail = neutraliseLine(choice.detail ?? "");
  const group = neutraliseLine(choice.group ?? "");
  const marked = current !== undefined && choice.value === current;
  return { key: at, group, choice, label, detail, marked, search: searchText(label, detail, group) };
}
