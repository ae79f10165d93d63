import { limits } from "../limits.ts";
import { Editor, type EditorTheme, truncateToWidth, type TuiMainScreen } from "../pi-tui/index.ts";
import { neutralise } from "../text/index.ts";
import type { KeyAction, Keys } from "./keys.ts";
import { asPaste, cleanPaste, pasteOf } from "./paste.ts";

/** What a key does beyond editing. Returns whether it was taken: otherwise the editor gets it. */
export type KeyHandler = () => boolean;

export interface PromptEditorOptions {
  theme: EditorTheme;
  keys: Keys;
  /** Looked at in their order. */
  handlers: Partial<Record<KeyAction, KeyHandler>>;
  /** Says why something cannot be typed. */
  onProblem(sentence: string): void;
}

/** Where the person types: pi-tui's editor, with keys of ours before its own. Nothing in it controls the terminal. */
export class PromptEditor extends Editor {
  readonly #options: PromptEditorOptions;

  constructor(screen: TuiMainScreen, options: PromptEditorOptions) {
    super(screen, options.theme, { paddingX: 0 });
    this.#options = options;
  }

  override handleInput(data: string): void {
    const paste = pasteOf(data);
    if (paste) {
      this.paste(paste.text);
      if (paste.rest !== "") this.handleInput(paste.rest);
      return;
    }
    const { keys, handlers } = this.#options;
    for (const [action, handle] of Object.entries(handlers)) {
      if (keys.matches(data, action as KeyAction) && handle()) return;
    }
    super.handleInput(data);
  }

  /** pi-tui cannot wrap a wide character into less than itself. */
  override render(width: number): string[] {
    if (width >= narrowest) return super.render(width);
    return super.render(narrowest).map((row) => truncateToWidth(row, width, ""));
  }

  /** Takes text as a paste: a long one is folded into a mark. */
  paste(text: string): void {
    const cleaned = cleanPaste(text);
    if ("problem" in cleaned) return this.#options.onProblem(cleaned.problem);
    if (cleaned.text !== "") super.handleInput(asPaste(cleaned.text));
    this.tui.requestRender();
  }

  /** Presses a key that only edits. */
  press(data: string): void {
    super.handleInput(data);
  }

  /** Replaces the text; one that is too long to be edited is folded into a mark. */
  override setText(text: string): void {
    const clean = neutralise(text);
    const folded = clean.length > limits.editable;
    super.setText(folded ? "" : clean);
    if (folded) super.handleInput(asPaste(clean));
    this.tui.requestRender();
  }

  override insertTextAtCursor(text: string): void {
    super.insertTextAtCursor(neutralise(text));
    this.tui.requestRender();
  }

  /** Remembers a text for the Up key, unless it is too long to be edited. */
  override addToHistory(text: string): void {
    if (text.length <= limits.editable) super.addToHistory(neutralise(text));
  }
}

/** Columns. */
const narrowest = 4;
