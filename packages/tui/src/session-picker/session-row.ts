import { truncateToWidth, visibleWidth } from "../pi-tui/index.ts";
import type { Theme } from "../theme/theme.ts";
import { age } from "./age.ts";
import type { SessionEntry } from "./session-entry.ts";

/** The row of a session, at most so wide: state, name and last words, model, age. A narrow one has less of it. */
export function sessionRow(theme: Theme, entry: SessionEntry, { width, now }: { width: number; now: number }): string {
  const { state, model, info } = entry;
  const words = width >= widthWithWords ? pad(state.words, wordsColumn) : "";
  const first = `${state.mark} ${words}`.trimEnd();
  const left = words === "" ? `${state.mark} ` : pad(first, wordsColumn + 3);
  const time = age(Math.max(0, now - info.lastActiveAt)).padStart(4);
  const shownModel = width >= widthWithModel ? pad(model, modelColumn) : "";
  const right = ` ${shownModel}${shownModel === "" ? "" : " "}${time}`;
  const free = Math.max(0, width - visibleWidth(left) - visibleWidth(right));
  return `${theme.fg(state.role, left)}${title(theme, entry, free)}${theme.fg("muted", right)}`;
}

/** Name and last words in exactly so many columns. */
function title(theme: Theme, { name, preview, current }: SessionEntry, width: number): string {
  const head = (name || preview || "new session") + (current ? " (this one)" : "");
  const shown = truncateToWidth(head, width, "…");
  const rest = width - visibleWidth(shown) - 2;
  const more = name === "" || rest < shortestPreview ? "" : `  ${truncateToWidth(preview, rest, "…")}`;
  const gap = " ".repeat(Math.max(0, width - visibleWidth(shown) - visibleWidth(more)));
  return `${shown}${theme.fg("muted", more)}${gap}`;
}

function pad(text: string, columns: number): string {
  const short = truncateToWidth(text, columns, "…");
  return short + " ".repeat(Math.max(0, columns - visibleWidth(short)));
}

const wordsColumn = 16;
const modelColumn = 16;
const shortestPreview = 8;
const widthWithWords = 52;
const widthWithModel = 72;
