import type { RestClient } from "@pier/client";
import type { Composer } from "../composer.svelte.ts";
import { limits } from "../limits.ts";
import { contextOf, offeredCommands } from "../submitter.ts";
import { Completion } from "./completion.svelte.ts";

/** Completes what a composer's session knows: commands, their arguments, files of its folder. */
export function completionOf(composer: Composer, rest: RestClient): Completion {
  return new Completion({
    commands: () => offeredCommands(composer),
    piCommands: () => composer.piCommands.get(),
    complete: async (command) => (await command.complete?.(contextOf(composer))) ?? [],
    searchFiles: async (query, signal) =>
      (await rest.searchFiles(composer.view.id, query, { limit: limits.completedFiles, signal })).files,
  });
}
