import { Lexer, type MarkedOptions, type Token, type TokensList } from "marked";
import { BoundedTokenizer } from "./bounded-tokenizer.ts";
import { markdownLimits } from "./limits.ts";
import { formulaRules } from "./math/formula-rules.ts";

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
    super({ ...defaults, extensions: formulaRules(), tokenizer: new BoundedTokenizer() });
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

/** Characters that the lexer looks at: each mark may look through the whole of its paragraph, and each `@` back over a word. */
function workOf(source: string): number {
  const marks = source.match(/[*_~[\]!`<$\\]/g)?.length ?? 0;
  const word = source.includes("@")
    ? (source.match(/[^\s]{200,}/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)
    : 0;
  return marks * source.length + word * word;
}

const defaults: MarkedOptions = { gfm: true, breaks: false };
