/**
 * Keys as people write them: `Mod+K`, `Alt+Enter`, `Shift+G`, `?`; `g d` are two in a row. `Mod` is ⌘ on a Mac and Ctrl
 * elsewhere. The same text is what a handler compares with and what lists of keys show.
 */
export type Chord = string;

const isMac = /Mac OS X|iPhone|iPad/.test(navigator.userAgent);

/** Whether these keys, which are not two in a row, are pressed. */
export function isPressed(event: KeyboardEvent, chord: Chord): boolean {
  const { key, mod, alt, shift } = parts(chord);
  const [ours, others] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (ours !== mod || others || event.altKey !== alt) return false;
  // With Shift some keyboards make marks such as `?`, others do not.
  if (event.shiftKey !== shift && !isMark(key)) return false;
  return pressedKey(event) === key.toLowerCase();
}

/** Whether keys do nothing where something is typed, so that they work there too. */
export function isWithModifier(chord: Chord): boolean {
  const { mod, alt } = parts(chord);
  return mod || alt;
}

/** The keys as they are shown, one press after the other: `[["Ctrl", "K"]]`, `[["G"], ["D"]]`. */
export function keyCaps(chord: Chord): string[][] {
  return chord
    .split(" ")
    .map((press) => press.split("+").map((key) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
}

/** The keys as assistive technology is told of them; undefined for two in a row, which it does not know. */
export function ariaKeys(chord: Chord): string | undefined {
  return chord.includes(" ") ? undefined : chord.replace("Mod", isMac ? "Meta" : "Control");
}

const caps: Readonly<Record<string, string>> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

function parts(chord: Chord): { key: string; mod: boolean; alt: boolean; shift: boolean } {
  const names = chord.split("+");
  const [mod, alt, shift] = ["Mod", "Alt", "Shift"].map((name) => names.includes(name)) as [boolean, boolean, boolean];
  return { key: names.at(-1) ?? "", mod, alt, shift };
}

function isMark(key: string): boolean {
  return key.length === 1 && !/[a-z]/i.test(key);
}

/** In small letters; where the keyboard writes another alphabet the letter that stands at this place on a Latin one. */
function pressedKey({ key, code }: KeyboardEvent): string {
  const isOtherAlphabet = key.length === 1 && key > "\u007f";
  return (isOtherAlphabet ? (/^Key([A-Z])$/.exec(code)?.[1] ?? key) : key).toLowerCase();
}
