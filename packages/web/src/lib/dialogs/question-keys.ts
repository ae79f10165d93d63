import type { KeyList } from "#lib/keyboard/key-list.ts";

/** Keys that answer a question of an extension. */
export const questionKeys = {
  yes: { title: "Yes", keys: ["y"] },
  no: { title: "No", keys: ["n"] },
  choose: { title: "A choice by its number", keys: ["1–9"] },
  cancel: { title: "Cancel", keys: ["Escape"] },
} as const satisfies KeyList;
