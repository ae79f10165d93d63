import { Editor, type EditorTheme, type KeyId, matchesKey, type TuiMainScreen } from "../pi-tui/index.ts";

/** A key that does something beyond editing. Returns whether it was taken: otherwise the editor gets it. */
export type KeyHandler = () => boolean;

/** Where the person types: pi-tui's editor, with keys of ours before its own. */
export class PromptEditor extends Editor {
  readonly #keys: readonly (readonly [KeyId, KeyHandler])[];

  constructor(screen: TuiMainScreen, theme: EditorTheme, keys: readonly (readonly [KeyId, KeyHandler])[]) {
    super(screen, theme, { paddingX: 0 });
    this.#keys = keys;
  }

  override handleInput(data: string): void {
    for (const [key, handle] of this.#keys) if (matchesKey(data, key) && handle()) return;
    super.handleInput(data);
  }
}
