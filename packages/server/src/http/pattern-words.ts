/** Names are shown in terminals: no control characters. */
export const noControls = String.raw`^[^\u0000-\u001f\u007f-\u009f]*$`;

/** What the patterns of our schemas ask for: as they stand they say nothing to people. */
export const patternWords: Readonly<Record<string, string>> = {
  [noControls]: "must have no control characters",
  [String.raw`\S`]: "must not be blank",
};
