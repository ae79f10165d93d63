/** Whether lines are words and nothing of Markdown, so that they need not be parsed: most of what is said is like that. */
export function isPlainProse(lines: readonly string[]): boolean {
  return lines.every((line) => line === "" || (prose.test(line) && !notProse.test(line)));
}

/** A word or a quote first, and no character that means something within a line. */
const prose = /^[\p{L}\p{N}("'“‘«][^\\`*_~[\]<>#&$|@]*$/u;
/** A list's item, an address, a line break. */
const notProse = /^\d{1,9}[.)](?:\s|$)|:\/\/|www\.|\s{2}$/i;
