import type { Foreground } from "../colours.ts";

/** A piece of a line of code; null is coloured like text. */
export interface Token {
  text: string;
  role: Foreground | null;
}
