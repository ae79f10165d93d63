import { composerKeys } from "#lib/composer/composer-keys.ts";
import { questionKeys } from "#lib/dialogs/question-keys.ts";
import { keysOf } from "#lib/keyboard/action-keys.ts";
import type { KeyEntry } from "#lib/keyboard/key-list.ts";
import type { Action } from "./actions.svelte.ts";

/** Shortcuts that stand together. */
export interface ShortcutGroup {
  title: string;
  entries: readonly KeyEntry[];
}

/** All keys that do something, by where they do it: those of the actions there are, and of the fields. */
export function shortcutGroups(actions: readonly Action[]): ShortcutGroup[] {
  const ofActions = (["This page", "Conversation", "Everywhere"] as const).map((title) => ({
    title,
    entries: actions
      .filter((action) => action.group === title && action.key !== undefined)
      .map((action) => ({ title: action.title, keys: keysOf(action) })),
  }));
  return [
    ...ofActions,
    { title: "Writing", entries: Object.values(composerKeys) },
    { title: "When pi asks", entries: Object.values(questionKeys) },
  ].filter(({ entries }) => entries.length > 0);
}
