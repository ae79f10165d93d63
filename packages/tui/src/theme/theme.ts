import type { EditorTheme, MarkdownTheme, SelectListTheme } from "../pi-tui/index.ts";
import type { ColourDepth } from "./colour-depth.ts";
import type { Background, Colour, Foreground, Palette } from "./colours.ts";
import { nearestIndex, rgbOf } from "./rgb.ts";
import { Highlighter } from "./syntax/highlighter.ts";

/** Styles text by roles. The palette behind it can be replaced while the program runs: draw everything anew then. */
export class Theme {
  readonly depth: ColourDepth;
  readonly highlighter = new Highlighter();
  #palette: Palette;
  /** The sequences that begin a colour, by role. */
  readonly #begins = new Map<Foreground | Background, string>();
  readonly markdown: MarkdownTheme = {
    heading: (text) => this.fg("mdHeading", text),
    link: (text) => this.fg("mdLink", text),
    linkUrl: (text) => this.fg("mdLinkUrl", text),
    code: (text) => this.fg("mdCode", text),
    codeBlock: (text) => this.fg("mdCodeBlock", text),
    codeBlockBorder: (text) => this.fg("mdCodeBlockBorder", text),
    quote: (text) => this.fg("mdQuote", text),
    quoteBorder: (text) => this.fg("mdQuoteBorder", text),
    hr: (text) => this.fg("mdHr", text),
    listBullet: (text) => this.fg("mdListBullet", text),
    bold: (text) => this.bold(text),
    italic: (text) => this.italic(text),
    underline: (text) => this.underline(text),
    highlightCode: (code, language) => this.highlight(code, language),
    strikethrough: (text) => `\u001b[9m${text}\u001b[29m`,
  };
  readonly selectList: SelectListTheme = {
    selectedPrefix: (text) => this.fg("accent", text),
    selectedText: (text) => this.fg("accent", text),
    description: (text) => this.fg("muted", text),
    scrollInfo: (text) => this.fg("muted", text),
    noMatch: (text) => this.fg("muted", text),
  };
  readonly editor: EditorTheme = {
    borderColor: (text) => this.fg("border", text),
    selectList: this.selectList,
  };

  constructor(palette: Palette, depth: ColourDepth) {
    this.#palette = palette;
    this.depth = depth;
  }

  /** Takes another palette. */
  use(palette: Palette): void {
    this.#palette = palette;
    this.#begins.clear();
  }

  /** Colours text. What was coloured within it keeps its own colour. */
  fg(role: Foreground, text: string): string {
    return between(this.#begin(role, 38), text, "\u001b[39m");
  }

  /** Gives text a background. What has one within it keeps its own. */
  bg(role: Background, text: string): string {
    return between(this.#begin(role, 48), text, "\u001b[49m");
  }

  /** Colours code, line by line; `language` as a code fence or `languageOf` names it. The text stays as it is. */
  highlight(code: string, language: string | undefined): string[] {
    const plain = code.split("\n");
    const lines = this.depth === "none" ? null : this.highlighter.lines(code, language);
    return plain.map(
      (line, at) =>
        lines?.[at]?.map(({ text, role }) => (role ? this.fg(role, text) : text)).join("") ??
        this.fg("mdCodeBlock", line),
    );
  }

  bold(text: string): string {
    return `\u001b[1m${text}\u001b[22m`;
  }

  italic(text: string): string {
    return `\u001b[3m${text}\u001b[23m`;
  }

  underline(text: string): string {
    return `\u001b[4m${text}\u001b[24m`;
  }

  #begin(role: Foreground | Background, ground: 38 | 48): string {
    let begin = this.#begins.get(role);
    if (begin === undefined) {
      begin = sequence(this.#palette[role], ground, this.depth);
      this.#begins.set(role, begin);
    }
    return begin;
  }
}

function sequence(colour: Colour, ground: 38 | 48, depth: ColourDepth): string {
  const rgb = rgbOf(colour);
  if (depth === "none" || rgb === null) return "";
  if (typeof colour === "number") return `\u001b[${ground};5;${colour}m`;
  if (depth === "256") return `\u001b[${ground};5;${nearestIndex(rgb)}m`;
  return `\u001b[${ground};2;${rgb.r};${rgb.g};${rgb.b}m`;
}

/** Puts text between two sequences, and begins anew where something within it ended the same. */
function between(begin: string, text: string, end: string): string {
  if (begin === "" || text === "") return text;
  const inner = text.includes("\u001b[")
    ? text.replaceAll(end, end + begin).replaceAll("\u001b[0m", `\u001b[0m${begin}`)
    : text;
  return begin + inner + end;
}
