/** Files that may be longer than the others, each with the reason: tables, mostly. */
export const longFiles: Readonly<Record<string, string>> = {};
