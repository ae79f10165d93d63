import { type KeyId, KeybindingsManager, matchesKey, setKeybindings, TUI_KEYBINDINGS } from "../pi-tui/index.ts";

interface Action {
  readonly keys: readonly KeyId[];
  /** Where Windows and WSL take those keys for themselves. */
  readonly windows?: readonly KeyId[];
  readonly description: string;
}

/** What keys do beyond editing, under pi's own ids and on pi's own keys (its `docs/keybindings.md`). */
export const keyActions = {
  "tui.input.submit": { keys: ["enter"], description: "Send; while a turn runs: steer it" },
  "app.message.followUp": {
    keys: ["alt+enter"],
    windows: ["ctrl+q"],
    description: "While a turn runs: send when it has ended; otherwise a new line",
  },
  "tui.input.newLine": { keys: ["shift+enter", "ctrl+j"], description: "New line" },
  "app.interrupt": { keys: ["escape"], description: "Stop what runs; twice on an empty line: the tree" },
  "app.clear": { keys: ["ctrl+c"], description: "Clear what is typed; twice: leave" },
  "app.exit": { keys: ["ctrl+d"], description: "On an empty line: leave, the session goes on" },
  "app.suspend": { keys: ["ctrl+z"], windows: [], description: "To the background; fg comes back" },
  "app.message.dequeue": {
    keys: ["alt+up"],
    windows: ["alt+q"],
    description: "Take queued messages back into the editor",
  },
  "app.model.select": { keys: ["ctrl+l"], description: "Choose the model" },
  "app.model.cycleForward": { keys: ["ctrl+p"], description: "Next model" },
  "app.model.cycleBackward": { keys: ["shift+ctrl+p"], windows: ["alt+p"], description: "Model before" },
  "app.thinking.cycle": { keys: ["shift+tab"], description: "Next thinking level" },
  "app.thinking.toggle": { keys: ["ctrl+t"], description: "Show or fold thinking" },
  "app.tools.expand": { keys: ["ctrl+o"], description: "Show or fold the output of tools" },
  "app.editor.external": { keys: ["ctrl+g"], description: "Write in $VISUAL, $EDITOR or nano" },
  "app.clipboard.pasteImage": { keys: ["ctrl+v"], windows: ["alt+v"], description: "Paste an image or text" },
  "app.message.copy": { keys: ["ctrl+x"], description: "Copy the last answer" },
  "app.session.new": { keys: [], description: "/new" },
  "app.session.tree": { keys: [], description: "/tree" },
  "app.session.fork": { keys: [], description: "/fork" },
  "app.session.resume": { keys: [], description: "/resume" },
  "tui.input.tab": { keys: ["tab"], description: "Complete" },
  "tui.editor.undo": { keys: ["ctrl+-"], windows: ["ctrl+z"], description: "Undo" },
} as const satisfies Record<string, Action>;

export type KeyAction = keyof typeof keyActions;

/** A person's own keys by action; an empty list takes an action's keys away. */
export type OwnKeys = Readonly<Record<string, readonly KeyId[]>>;

/** Which keys do what. */
export class Keys {
  readonly #keys: ReadonlyMap<string, readonly KeyId[]>;
  readonly #own: OwnKeys;

  constructor(own: OwnKeys = {}, { windows = false } = {}) {
    this.#own = own;
    this.#keys = new Map(
      Object.entries<Action>(keyActions).map(([action, defaults]) => [
        action,
        own[action] ?? (windows ? defaults.windows : undefined) ?? defaults.keys,
      ]),
    );
  }

  of(action: KeyAction): readonly KeyId[] {
    return this.#keys.get(action) ?? [];
  }

  matches(data: string, action: KeyAction): boolean {
    return this.of(action).some((key) => matchesKey(data, key));
  }

  /** The keys of an action for people: `Ctrl+P`, `Shift+Enter or Ctrl+J`. */
  label(action: KeyAction): string {
    return this.of(action).map(keyLabel).join(" or ");
  }

  /** Makes pi-tui's own components follow the same keys. */
  install(): void {
    const own = Object.fromEntries(
      [...this.#keys, ...Object.entries(this.#own)].filter(([action]) => Object.hasOwn(TUI_KEYBINDINGS, action)),
    );
    setKeybindings(
      new KeybindingsManager(
        TUI_KEYBINDINGS,
        Object.fromEntries(Object.entries(own).map(([action, keys]) => [action, [...keys]])),
      ),
    );
  }
}

function keyLabel(key: string): string {
  return key
    .split("+")
    .map((part) => names[part.toLowerCase()] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join("+");
}

const names: Readonly<Record<string, string>> = {
  escape: "Esc",
  pageup: "Page Up",
  pagedown: "Page Down",
  up: "↑",
  down: "↓",
};
