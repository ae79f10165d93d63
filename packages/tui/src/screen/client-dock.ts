import type { PanelHost } from "../panels/panel-host.ts";
import type { Editor } from "../pi-tui/index.ts";
import type { Dock, DockRows } from "./dock.ts";
import type { Section } from "./section.ts";

export interface ClientDockParts {
  above: readonly Section[];
  below: readonly Section[];
  editor: Editor;
  panels: PanelHost;
}

/** The dock of a session: sections, the editor or a panel in its place, sections. */
export class ClientDock implements Dock {
  readonly #parts: ClientDockParts;
  /** Rows of the editor when nothing passing hangs on it. */
  #resting = 3;

  constructor(parts: ClientDockParts) {
    this.#parts = parts;
  }

  render(width: number): DockRows {
    const { above, below, editor, panels } = this.#parts;
    const panel = panels.current;
    const middle = (panel ?? editor).render(width);
    const passing = panel ? panel.covers : editor.isShowingAutocomplete();
    if (!panel && !passing) this.#resting = middle.length;
    return {
      rows: [...rowsOf(above, width), ...middle, ...rowsOf(below, width)],
      covering: passing ? Math.max(0, middle.length - this.#resting) : 0,
    };
  }

  invalidate(): void {
    const { above, below, editor, panels } = this.#parts;
    for (const part of [...above, ...below, editor]) part.invalidate?.();
    panels.current?.invalidate();
  }
}

function rowsOf(sections: readonly Section[], width: number): string[] {
  return sections.flatMap((section) => section.render(width));
}
