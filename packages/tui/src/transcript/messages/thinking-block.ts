import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import { clean } from "../base/clean.ts";
import { linesOf } from "../base/text-lines.ts";
import { counted } from "../base/words.ts";
import { wrapped } from "../base/wrap.ts";
import { StreamingMarkdown } from "../markdown/streaming-markdown.ts";
import type { View } from "../view.ts";
import type { ThinkingPart } from "./assistant-parts.ts";

/** What a model thinks: its last rows while it does, one row when it is done; all of it where the person wants to see it. */
export class ThinkingBlock implements Block {
  readonly #view: View;
  readonly #whole: StreamingMarkdown;
  #part: Pick<ThinkingPart, "text" | "over" | "redacted"> = { text: "", over: false, redacted: false };
  #last: { width: number; text: string; over: boolean; rows: readonly string[] } | null = null;

  constructor(view: View) {
    this.#view = view;
    const { theme } = view;
    this.#whole = new StreamingMarkdown({
      theme: theme.markdown,
      style: { color: (text) => theme.fg("thinkingText", text), italic: true },
    });
  }

  get settled(): boolean {
    return this.#part.over;
  }

  /** Shows what there is of it. */
  update(part: Pick<ThinkingPart, "text" | "over" | "redacted">): void {
    this.#part = part;
    this.#whole.update(part.text);
    if (part.over) this.#whole.finish();
  }

  render(width: number): readonly string[] {
    const { text, over } = this.#part;
    if (this.#isWhole()) return this.#whole.render(width);
    const last = this.#last;
    if (last?.width === width && last.text === text && last.over === over) return last.rows;
    const rows = over ? this.#summary(width) : this.#tail(width);
    this.#last = { width, text, over, rows };
    return rows;
  }

  invalidate(): void {
    this.#last = null;
    this.#whole.invalidate();
  }

  dropAbove(rows: number, width: number): number {
    return this.#isWhole() ? this.#whole.dropAbove(rows, width) : 0;
  }

  #isWhole(): boolean {
    return this.#view.thinking && !this.#part.redacted;
  }

  #summary(width: number): string[] {
    const { text, redacted } = this.#part;
    if (redacted) return this.#styled("Thought; what it was is not shown by the provider.", width);
    const lines = linesOf(text).filter((line) => line.trim() !== "").length;
    return lines === 0 ? [] : this.#styled(`Thought, ${counted(lines, "line")} · Ctrl+T shows`, width);
  }

  #tail(width: number): string[] {
    // More than the rows can hold, and few enough to wrap for each frame.
    const end = clean(this.#part.text.slice(-width * (limits.thinkingRows + 1)).trim());
    return end === "" ? [] : this.#styled(end, width).slice(-limits.thinkingRows);
  }

  #styled(text: string, width: number): string[] {
    const { theme } = this.#view;
    return wrapped(text, width, { style: (row) => theme.italic(theme.fg("thinkingText", row)) });
  }
}
