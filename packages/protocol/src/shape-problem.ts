import { limits } from "./limits.ts";

/**
 * What is wrong with how a client's JSON text is built, as a sentence: it nests too deep, or holds too many values. It
 * looks at the text, so that nothing is made of one that is not to be taken: millions of small values take seconds to
 * parse, one long string takes none.
 */
export function shapeProblem(text: string): string | undefined {
  const { frameDepth, frameValues } = limits;
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case openBracket:
      case openBrace:
        if (++depth > frameDepth) return `The frame nests deeper than ${frameDepth} levels: send a flatter one.`;
        if (++values > frameValues) return tooMany;
        break;
      case closeBracket:
      case closeBrace:
        depth--;
        break;
      case comma:
        if (++values > frameValues) return tooMany;
    }
  }
  return undefined;
}

const tooMany = `The frame holds more than ${limits.frameValues} values: send a smaller one.`;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where the string ends that begins at a quote; behind the text if it does not end. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === backslash) before--;
  return (at - before) % 2 === 1;
}
