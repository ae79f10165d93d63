import { sliceByColumn, visibleWidth } from "../../pi-tui/index.ts";

export type Style = (text: string) => string;

/** Clean text on one line and how it looks. */
export interface Span {
  text: string;
  style?: Style;
}

/** Plain text cut to a width, with a mark where it was cut. */
export function cut(text: string, width: number): string {
  // Wider than any row: measuring all of a very long line would take long.
  const head = text.length > width * 16 ? `${text.slice(0, width * 16)}…` : text;
  if (visibleWidth(head) <= width) return head;
  return width < 1 ? "" : `${sliceByColumn(head, 0, width - 1, true)}…`;
}

function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((width, { text }) => width + visibleWidth(text), 0);
}

/** Spans as one row, cut to a width. */
function spansRow(spans: readonly Span[], width: number): string {
  let row = "";
  let left = width;
  for (const { text, style } of spans) {
    const shown = cut(text, left);
    if (shown !== "") row += style ? style(shown) : shown;
    if (shown !== text) break;
    left -= visibleWidth(shown);
  }
  return row;
}

/** Two groups of spans on one row: the first gives way before the second does. */
export function titleRow(title: readonly Span[], status: readonly Span[], width: number): string {
  if (status.length === 0) return spansRow(title, width);
  const whole = spansWidth(status);
  const titleWidth = Math.min(spansWidth(title), width);
  const statusWidth =
    titleWidth + 2 + whole <= width ? whole : Math.min(whole, Math.max(width - 2 - titleWidth, Math.ceil(width / 2)));
  return `${spansRow(title, width - statusWidth - 2)}  ${spansRow(status, statusWidth)}`;
}
