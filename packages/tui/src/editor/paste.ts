import { limits } from "../limits.ts";
import { neutralise } from "../text/index.ts";

const start = "\u001b[200~";
const end = "\u001b[201~";

/** A bracketed paste, as it comes from the terminal. */
export interface Paste {
  text: string;
  /** What came after it in the same piece. */
  rest: string;
}

/** The paste that input begins with; null when it is typed. */
export function pasteOf(data: string): Paste | null {
  if (!data.startsWith(start)) return null;
  const at = data.indexOf(end, start.length);
  if (at === -1) return null;
  return { text: data.slice(start.length, at), rest: data.slice(at + end.length) };
}

/** Pasted text as it may stand in the editor, or why it may not. */
export function cleanPaste(text: string): { text: string } | { problem: string } {
  if (text.length > limits.paste) {
    return {
      problem: `That paste has ${text.length} characters; at most ${limits.paste} are taken at once. Put it into a file and name that.`,
    };
  }
  // Multiplexers may send control characters of a paste as keys: Ctrl+J is a line feed, the others mean nothing here.
  // oxlint-disable-next-line no-control-regex -- finding them is what this is for
  const decoded = text.replace(/\u001b\[(?:106|74);5u/g, "\n");
  return { text: neutralise(decoded.replace(/\r\n?/g, "\n")) };
}

/** Marks text as pasted, for pi-tui's editor. */
export function asPaste(text: string): string {
  return `${start}${text}${end}`;
}
