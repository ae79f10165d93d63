import { type Chord, isPressed } from "./chord.ts";

/** What some keys do, in words, and which they are: handlers compare with them, the list of shortcuts shows them. */
export interface KeyEntry {
  title: string;
  keys: readonly Chord[];
}

/** The keys of one part of the page. */
export type KeyList = Readonly<Record<string, KeyEntry>>;

/** Whether one of the keys of an entry is pressed. */
export function isPressedFor(event: KeyboardEvent, { keys }: KeyEntry): boolean {
  return keys.some((chord) => isPressed(event, chord));
}
