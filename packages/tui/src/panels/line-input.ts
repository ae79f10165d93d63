import { limits } from "../limits.ts";
import { Input } from "../pi-tui/index.ts";
import { neutralise, neutraliseLine } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";
import { fit } from "./panel-frame.ts";

export interface LineInputOptions {
  placeholder?: string;
  prefill?: string;
}

/** Where one line is typed. What is pasted becomes one harmless line. */
export class LineInput extends Input {
  constructor(theme: Theme, { placeholder = "", prefill = "" }: LineInputOptions) {
    super({
      prompt: theme.fg("accent", "> "),
      placeholder: neutraliseLine(placeholder),
      placeholderStyle: (text) => theme.fg("dim", text),
    });
    // Pasted, not set: the cursor belongs behind it.
    if (prefill !== "") this.handleInput(`${pasteStart}${prefill}${pasteEnd}`);
  }

  /** pi-tui's row is broken when not even the prompt and a wide character fit. */
  override render(width: number): string[] {
    return super.render(Math.max(width, narrowest)).map((row) => fit(row, width));
  }

  override handleInput(data: string): void {
    const from = data.indexOf(pasteStart);
    const to = data.indexOf(pasteEnd, from);
    if (from === -1 || to === -1) return super.handleInput(data);
    const room = Math.max(0, limits.lineInput - this.getValue().length);
    const pasted = neutralise(data.slice(from + pasteStart.length, to)).replace(/\s*\n\s*/g, " ");
    super.handleInput(data.slice(0, from) + pasteStart + pasted.slice(0, room) + data.slice(to));
  }
}

const narrowest = 5;
const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";
