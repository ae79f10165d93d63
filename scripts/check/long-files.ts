/** Files that may be longer than the others, each with the reason: tables, mostly. */
export const longFiles: Readonly<Record<string, string>> = {
  "packages/web/src/styles/tokens.css": "the table of all design tokens, light and dark side by side",
};
