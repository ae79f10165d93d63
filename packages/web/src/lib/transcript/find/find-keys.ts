import type { KeyList } from "#lib/keyboard/key-list.ts";

/** Keys in the field that looks for words in a session. */
export const findKeys = {
  older: { title: "Next match, older", keys: ["Enter", "ArrowUp"] },
  newer: { title: "Match before it, newer", keys: ["Shift+Enter", "ArrowDown"] },
  close: { title: "Close", keys: ["Escape"] },
} as const satisfies KeyList;
