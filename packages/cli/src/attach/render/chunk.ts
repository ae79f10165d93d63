import { neutralise } from "@pier/tui/text";
import type { Style } from "../../text/style.ts";

/** A piece of output: text of one style, free of control characters but for tabs and line feeds. */
export interface Chunk {
  readonly text: string;
  readonly style: Style;
}

/** Makes a chunk of text from anywhere. */
export function chunk(text: string, style: Style = "plain"): Chunk {
  return { text: neutralise(text), style };
}

/** A whole line. */
export function line(text: string, style: Style = "plain"): Chunk {
  return chunk(`${text}\n`, style);
}
