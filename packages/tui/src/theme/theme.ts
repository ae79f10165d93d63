import type { EditorTheme, MarkdownTheme, SelectListTheme } from "../pi-tui/index.ts";
import type { Background, Colour, Foreground, Palette } from "./colours.ts";

/** How many colours a terminal shows; none with `NO_COLOR`. */
export type ColourDepth = "none" | "256" | "truecolor";

/** Styles text by roles. The palette behind it can be replaced while the program runs: draw everything anew then. */
export class Theme {
  readonly depth: ColourDepth;
  #palette: Palette;
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
  }

  fg(role: Foreground, text: string): string {
    const code = this.#code(this.#palette[role], 38);
    return code === "" ? text : `${code}${text}\u001b[39m`;
  }

  bg(role: Background, text: string): string {
    const code = this.#code(this.#palette[role], 48);
    return code === "" ? text : `${code}${text}\u001b[49m`;
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

  #code(colour: Colour, ground: 38 | 48): string {
    if (this.depth === "none" || colour === "") return "";
    if (typeof colour === "number") return `\u001b[${ground};5;${colour}m`;
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return `\u001b[${ground};2;${red};${green};${blue}m`;
  }
}
