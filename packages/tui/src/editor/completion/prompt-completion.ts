import {
  applyCompletion,
  type Completed,
  type CompletionRequest,
  completionRequest,
  fileItems,
  type FoundFile,
  type PiSlashCommand,
} from "@pier/client";
import type { ClientCommand } from "../../commands/command.ts";
import { limits } from "../../limits.ts";
import {
  type AutocompleteItem,
  type AutocompleteProvider,
  type AutocompleteSuggestions,
  fuzzyFilter,
} from "../../pi-tui/index.ts";
import { neutraliseLine } from "../../text/index.ts";
import { bounded } from "./bounded.ts";

/** Finds files of the session's folder on its machine. */
export type SearchFiles = (query: string, options: { limit: number; signal: AbortSignal }) => Promise<FoundFile[]>;

export interface CompletionSources {
  /** Commands that are offered, by what they begin with. */
  commands(mark: "/" | "//"): readonly ClientCommand[];
  /** Commands of extensions, templates and skills. */
  piCommands(): Promise<readonly PiSlashCommand[]>;
  complete(command: ClientCommand, prefix: string): Promise<AutocompleteItem[]>;
  searchFiles: SearchFiles;
}

/** Completes commands, their arguments and files. A daemon that is slow or away completes nothing and disturbs nobody. */
export class PromptCompletion implements AutocompleteProvider {
  readonly #sources: CompletionSources;

  constructor(sources: CompletionSources) {
    this.#sources = sources;
  }

  async getSuggestions(
    lines: string[],
    cursorLine: number,
    cursorCol: number,
    { signal, force = false }: { signal: AbortSignal; force?: boolean },
  ): Promise<AutocompleteSuggestions | null> {
    const request = completionRequest({ lines, line: cursorLine, column: cursorCol }, force);
    if (!request) return null;
    const items = await bounded(this.#items(request, signal), { signal, ms: limits.completionWait });
    return items && items.length > 0 ? { items, prefix: request.prefix } : null;
  }

  applyCompletion(
    lines: string[],
    cursorLine: number,
    cursorCol: number,
    item: AutocompleteItem,
    prefix: string,
  ): Completed {
    return applyCompletion(lines, cursorLine, cursorCol, item, prefix);
  }

  async #items(request: CompletionRequest, signal: AbortSignal): Promise<AutocompleteItem[]> {
    switch (request.kind) {
      case "name":
        return this.#names(request.mark, request.word);
      case "argument": {
        const command = this.#sources.commands(request.mark).find(({ name }) => name === request.name);
        return command?.complete ? this.#sources.complete(command, request.prefix) : [];
      }
      case "file":
        return fileItems(
          await this.#sources.searchFiles(request.query, { limit: limits.completedFiles, signal }),
          request,
        );
    }
  }

  async #names(mark: "/" | "//", word: string): Promise<AutocompleteItem[]> {
    const own = this.#sources.commands(mark);
    const pi = mark === "/" ? await this.#sources.piCommands().catch(() => []) : [];
    const names = new Set(own.map(({ name }) => name));
    const items = [
      ...own.map(({ name, argument, description }) => commandItem(mark, name, description, argument)),
      ...pi
        .filter(({ name }) => !names.has(name) && neutraliseLine(name) === name)
        .map(({ name, description, source }) => commandItem(mark, name, neutraliseLine(description ?? `(${source})`))),
    ];
    return fuzzyFilter(items, word, ({ value }) => value.slice(mark.length));
  }
}

function commandItem(mark: string, name: string, description: string, argument?: string): AutocompleteItem {
  return {
    value: `${mark}${name}`,
    label: `${mark}${name}${argument === undefined ? "" : ` ${argument}`}`,
    description,
  };
}
