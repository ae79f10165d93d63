import type { Transcript } from "@pier/client";
import type { Widget } from "@pier/protocol";
import { truncateToWidth } from "../pi-tui/index.ts";
import type { Section } from "../screen/section.ts";
import { neutralise } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";

/** Rows of one widget, and of all on one side of the editor. */
const most = { widget: 10, all: 15 };

/** What extensions show above or below the editor. */
export class WidgetRows implements Section {
  readonly #theme: Theme;
  readonly #placement: Widget["placement"];
  readonly #transcript: () => Transcript;

  constructor(theme: Theme, placement: Widget["placement"], transcript: () => Transcript) {
    this.#theme = theme;
    this.#placement = placement;
    this.#transcript = transcript;
  }

  render(width: number): readonly string[] {
    const { widgets } = this.#transcript().ui;
    const rows = [...widgets.values()]
      .filter(({ placement }) => placement === this.#placement)
      .flatMap(({ lines }) => bounded(lines.slice(0, most.widget + 1), most.widget));
    return bounded(rows, most.all).map((row) => truncateToWidth(row, width, this.#theme.fg("dim", "…")));
  }
}

function bounded(lines: readonly string[], count: number): string[] {
  const rows = lines
    .slice(0, count + 1)
    .flatMap((line) => neutralise(line.slice(0, 2000)).split("\n"))
    .map((row) => row.replaceAll("\t", "   "));
  return rows.length > count ? [...rows.slice(0, count - 1), "…"] : rows;
}
