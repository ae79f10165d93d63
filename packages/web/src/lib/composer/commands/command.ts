import type { Attachment, CompletionItem } from "@pier/client";
import type { SessionActions } from "#lib/session/session-actions.svelte.ts";

/** What a command may use of the page. */
export interface CommandContext {
  readonly attachment: Attachment;
  readonly actions: SessionActions;
  readonly say: (text: string) => void;
}

/** One of pi's own commands, as far as this page can serve it. */
export interface PageCommand {
  name: string;
  description: string;
  /** What may stand behind the name: `[provider/model]`. */
  argument?: string;
  /** Whether it can work here: what cannot is not offered. */
  isOffered?(context: CommandContext): boolean;
  complete?(context: CommandContext): Promise<CompletionItem[]>;
  /** Says its result. @throws Error, told to the person in its words */
  run(context: CommandContext, argument: string): Promise<void> | void;
}
