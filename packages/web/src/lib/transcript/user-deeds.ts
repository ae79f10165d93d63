import type { Body } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { branchFrom } from "#lib/session/branch-message.ts";
import type { Conversation } from "./conversation.svelte.ts";
import { bodyWords } from "./rows/body-words.ts";
import type { UserRow } from "./rows/row.ts";

/** What can be done with what a person said; what this device may not do is not there. */
export interface UserDeeds {
  copy: () => void;
  branch?: () => void;
}

/** `text`: what was typed, without the files that went with it. */
export function userDeeds(conversation: Conversation, { entry, time, text: sent }: UserRow, text: Body): UserDeeds {
  const { view } = conversation;
  const mayBranch = pier.may("prompt") && view.info?.ephemeral !== true;
  return {
    copy: () => void conversation.copy([text]),
    // A session that is kept in no file has nothing to begin a branch from.
    ...(mayBranch && { branch: () => void branchFrom(view, { entry, time, text: bodyWords(sent) }) }),
  };
}
