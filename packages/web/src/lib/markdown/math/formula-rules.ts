import type { MarkedOptions, Tokens } from "marked";
import { markdownLimits } from "../limits.ts";
import { type FoundFormula, scanBlockFormula, scanInlineFormula } from "./scan-math.ts";

/** Formulas as marked takes them, with a bound on how often one is looked for that has no end. */
export function formulaRules(): NonNullable<MarkedOptions["extensions"]> {
  let endless = 0;
  const isSpent = (): boolean => endless >= markdownLimits.endlessFormulas;
  return {
    renderers: {},
    childTokens: {},
    block: [
      (source) => {
        if (isSpent() || !/^ {0,3}(?:\$\$|\\\[)/.test(source)) return undefined;
        const found = scanBlockFormula(source);
        if (!found) endless++;
        return asToken("blockFormula", found);
      },
    ],
    // Where one may interrupt the paragraph that begins here: behind a blank line none does.
    startBlock: [
      (source) => {
        if (isSpent()) return undefined;
        const found = /\n(?: {0,3}(\$\$|\\\[)|[ \t]*(?:\n|$))/.exec(source);
        return found?.[1] === undefined ? undefined : found.index + 1;
      },
    ],
    inline: [(source, tokens) => asToken("inlineFormula", scanInlineFormula(source, tokens.at(-1)?.raw.at(-1) ?? ""))],
    startInline: [
      (source) => {
        const index = source.search(/\$|\\[([]/);
        return index < 0 ? undefined : index;
      },
    ],
  };
}

function asToken(type: string, found: FoundFormula | null): Tokens.Generic | undefined {
  return found ? { type, ...found } : undefined;
}
