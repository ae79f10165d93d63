import type { KeyList } from "#lib/keyboard/key-list.ts";

/** Keys where a prompt is written. */
export const composerKeys = {
  send: { title: "Send, steers a running turn", keys: ["Enter", "Mod+Enter"] },
  newline: { title: "New line", keys: ["Shift+Enter"] },
  later: { title: "Send when the turn is over", keys: ["Alt+Enter"] },
  stop: { title: "Stop what runs", keys: ["Escape"] },
  takeBack: { title: "Take queued messages back", keys: ["Alt+ArrowUp"] },
  recall: { title: "Earlier prompts, at the first line", keys: ["ArrowUp"] },
} as const satisfies KeyList;
