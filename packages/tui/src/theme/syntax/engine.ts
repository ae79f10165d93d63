import { createRequire } from "node:module";
import { Script } from "node:vm";
import { limits } from "../../limits.ts";
import { tokensOfHtml } from "./html-tokens.ts";
import type { Token } from "./token.ts";

/** What is used of highlight.js. Its own types bring those of a browser with them, for every file of the program. */
interface HighlightJs {
  getLanguage(name: string): object | undefined;
  registerLanguage(name: string, language: object): void;
  highlight(code: string, options: { language: string; ignoreIllegals: boolean }): { value: string };
}

// This module takes a while to load: it is imported when there is code to be shown.
const require = createRequire(import.meta.url);
const hljs = require("highlight.js/lib/common") as HighlightJs;
hljs.registerLanguage("dockerfile", require("highlight.js/lib/languages/dockerfile") as object);
hljs.registerLanguage("powershell", require("highlight.js/lib/languages/powershell") as object);

/** What the script below does: only a script can be given a time. */
const task = Symbol.for("pier.highlight");
const script = new Script('globalThis[Symbol.for("pier.highlight")]()');
const compiled = new Set<string>();

/**
 * The tokens of each line; null for a language that is not known, for code that the highlighter fails at, and for code
 * that takes too long: some patterns of some languages need minutes for some texts.
 */
export function tokenize(code: string, language: string): Token[][] | null {
  if (!hljs.getLanguage(language)) return null;
  try {
    // A language is made ready at its first use: that must not be cut short.
    if (!compiled.has(language)) hljs.highlight("", { language, ignoreIllegals: true });
    compiled.add(language);
    const work = (): Token[][] => tokensOfHtml(hljs.highlight(code, { language, ignoreIllegals: true }).value);
    Object.assign(globalThis, { [task]: work });
    return script.runInThisContext({ timeout: limits.codeTime }) as Token[][];
  } catch {
    return null;
  }
}
