import { Lexer, type MarkedOptions, type Token, Tokenizer, type Tokens, type TokensList } from "marked";
import { markdownLimits } from "./limits.ts";
import { scanBlockFormula, scanInlineFormula } from "./math/scan-math.ts";

/** What the lexer found, and what its inline work cost. */
export interface Lexed {
  tokens: Token[];
  definitions: Definitions;
  work: number;
}

/** Links by their normalised label. */
export type Definitions = ReadonlyMap<string, Definition>;

export interface Definition {
  href: string;
  title?: string | null | undefined;
}

/**
 * Lexes one part of a text: GFM and formulas without HTML, with bounds on depth and on work. `work` is what may be spent on
 * inline marks; what is above it stays text.
 */
export function lex(source: string, definitions: Definitions, work: number): Lexed {
  return new BoundedLexer().read(source, definitions, work);
}

class BoundedLexer extends Lexer {
  #blocks = 0;
  #inlines = 0;

  constructor() {
    super({ ...options, tokenizer: new TextTokenizer() });
  }

  read(source: string, definitions: Definitions, most: number): Lexed {
    this.blockTokens(source, this.tokens);
    const own = new Map(Object.entries(this.tokens.links));
    for (const [label, { href, title }] of definitions) this.tokens.links[label] = { href, title: title ?? null };
    let work = 0;
    for (const { src, tokens } of this.inlineQueue) {
      work += workOf(src);
      if (work > most) tokens.push({ type: "text", raw: src, text: src });
      else this.inlineTokens(src, tokens);
    }
    return { tokens: this.tokens, definitions: own, work };
  }

  override blockTokens(source: string, tokens?: Token[], isClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, isClipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], isClipped = false): Token[] {
    if (this.#blocks >= markdownLimits.blockDepth) {
      const text = { type: "text", raw: source, text: source };
      tokens.push({ type: "paragraph", raw: source, text: source, tokens: [text] });
      return tokens;
    }
    this.#blocks++;
    super.blockTokens(source, tokens, isClipped);
    this.#blocks--;
    return tokens;
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#inlines >= markdownLimits.inlineDepth) {
      tokens.push({ type: "text", raw: source, text: source });
      return tokens;
    }
    this.#inlines++;
    super.inlineTokens(source, tokens);
    this.#inlines--;
    return tokens;
  }
}

/** HTML is text, and a table with too many columns too. */
class TextTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}

  override table(source: string): Tokens.Table | undefined {
    const header = source.slice(0, source.indexOf("\n") + 1);
    return header.split("|").length > markdownLimits.columns + 2 ? undefined : super.table(source);
  }
}

/** Characters that the lexer looks at: each mark may look through the whole of its paragraph, and each `@` back over a word. */
function workOf(source: string): number {
  const marks = source.match(/[*_~[\]!`<$\\]/g)?.length ?? 0;
  const word = source.includes("@")
    ? (source.match(/[^\s]{200,}/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)
    : 0;
  return marks * source.length + word * word;
}

const options: MarkedOptions = {
  gfm: true,
  breaks: false,
  extensions: {
    renderers: {},
    childTokens: {},
    block: [(source) => asToken("blockFormula", scanBlockFormula(source))],
    startBlock: [(source) => indexAfter(source, /\n {0,3}(?:\$\$|\\\[)/, 1)],
    inline: [(source, tokens) => asToken("inlineFormula", scanInlineFormula(source, tokens.at(-1)?.raw.at(-1) ?? ""))],
    startInline: [(source) => indexAfter(source, /\$|\\[([]/, 0)],
  },
};

function asToken(type: string, found: ReturnType<typeof scanBlockFormula>): Tokens.Generic | undefined {
  return found ? { type, ...found } : undefined;
}

function indexAfter(source: string, pattern: RegExp, skip: number): number | undefined {
  const index = source.search(pattern);
  return index < 0 ? undefined : index + skip;
}
