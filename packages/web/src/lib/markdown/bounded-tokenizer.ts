import { Tokenizer, type Tokens } from "marked";
import { countLines } from "./count-lines.ts";
import { markdownLimits } from "./limits.ts";

/** HTML is text, and so is what the lexer would look through again and again. */
export class BoundedTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}

  override table(source: string): Tokens.Table | undefined {
    const header = source.slice(0, source.indexOf("\n") + 1);
    const bars = header.split("|").length - 1;
    if (bars > markdownLimits.columns + 1) return undefined;
    const [raw] = this.rules.block.table.exec(source) ?? [];
    if (raw === undefined || countLines(raw) * Math.max(1, bars) > markdownLimits.cells) return undefined;
    return super.table(source);
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    const raw = this.rules.block.blockquote.exec(source)?.[0];
    if (raw === undefined || countLines(raw) <= markdownLimits.quoteLines) return super.blockquote(source);
    const text = raw.replaceAll(/^ {0,3}> ?/gm, "");
    return { type: "blockquote", raw, text, tokens: [{ type: "plain", raw: text }] };
  }

  /** The rule looks for an underline to the end of the paragraph, from each of its pieces. */
  override lheading(source: string): Tokens.Heading | undefined {
    const near = source.slice(0, markdownLimits.heading);
    return super.lheading(near === source ? near : near.slice(0, near.lastIndexOf("\n") + 1));
  }
}
