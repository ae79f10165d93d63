/** A piece of a line of code, in one colour. */
export interface Span {
  text: string;
  className?: string;
}

export type Line = readonly Span[];

/** The lines of code that is not highlighted. */
export function plainLines(code: string): Line[] {
  return code.split("\n").map((text) => (text === "" ? [] : [{ text }]));
}

/** Takes what a highlighter says in its order and makes lines of it. Neighbours of one colour are one span. */
export class LineWriter {
  readonly lines: Span[][] = [[]];
  readonly #scopes: string[] = [];

  open(scope: string): void {
    this.#scopes.push(scope);
  }

  close(): void {
    this.#scopes.pop();
  }

  write(text: string): void {
    const className = this.#className();
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0) this.lines.push([]);
      if (piece !== "") this.append(className === undefined ? { text: piece } : { text: piece, className });
    }
  }

  /** Adds a span to the last line as it is. */
  append({ text, className }: Span): void {
    const line = this.lines.at(-1);
    const last = line?.at(-1);
    if (last && last.className === className) last.text += text;
    else line?.push(className === undefined ? { text } : { text, className });
  }

  /** The colour of the innermost scope that has one; some scopes take it away. */
  #className(): string | undefined {
    for (const scope of this.#scopes.toReversed()) {
      const colour = colourOf(scope);
      if (colour !== null) return colour === "" ? undefined : `syn-${colour}`;
    }
    return undefined;
  }
}

/** The colour of a scope: "" for none, null for that of the scope around it. */
function colourOf(scope: string): string | null {
  return colours.get(scope) ?? colours.get(scope.split(".")[0] ?? "") ?? null;
}

const colours: ReadonlyMap<string, string> = new Map(
  Object.entries({
    keyword: "keyword",
    meta: "keyword",
    name: "keyword",
    section: "keyword",
    "selector-tag": "keyword",
    "template-tag": "keyword",
    "variable.language": "keyword",
    attr: "function",
    attribute: "function",
    built_in: "function",
    function: "function",
    "selector-class": "function",
    "selector-id": "function",
    title: "function",
    "title.class": "type",
    class: "type",
    "selector-attr": "type",
    "selector-pseudo": "type",
    type: "type",
    "char.escape": "string",
    code: "string",
    link: "string",
    regexp: "string",
    string: "string",
    bullet: "number",
    literal: "number",
    number: "number",
    symbol: "number",
    "template-variable": "number",
    "variable.constant": "number",
    comment: "comment",
    doctag: "keyword",
    quote: "comment",
    addition: "added",
    deletion: "removed",
    subst: "",
  }),
);
