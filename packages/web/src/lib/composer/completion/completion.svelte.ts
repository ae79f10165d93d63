import {
  applyCompletion,
  type CompletionItem,
  type CompletionRequest,
  completionRequest,
  fileItems,
  type FoundFile,
  type PiSlashCommand,
} from "@pier/client";
import { neutraliseLine } from "@pier/client/messages";
import type { PageCommand } from "../commands/command.ts";
import { limits } from "../limits.ts";
import { fuzzyFilter } from "./fuzzy.ts";

export interface CompletionSources {
  readonly commands: () => readonly PageCommand[];
  /** Commands of extensions, templates and skills. */
  readonly piCommands: () => Promise<readonly PiSlashCommand[]>;
  readonly complete: (command: PageCommand) => Promise<CompletionItem[]>;
  readonly searchFiles: (query: string, signal: AbortSignal) => Promise<readonly FoundFile[]>;
}

/** What a text becomes by a completion, and where the cursor stands then. */
export interface CompletedText {
  text: string;
  cursor: number;
}

/** The list of what could be meant at the cursor. A daemon that is slow or away completes nothing and disturbs nobody. */
export class Completion {
  items = $state.raw<readonly CompletionItem[]>([]);
  selected = $state(0);
  #request: CompletionRequest | null = null;
  #asked = new AbortController();
  readonly #sources: CompletionSources;

  constructor(sources: CompletionSources) {
    this.#sources = sources;
  }

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  /** Looks at what stands before the cursor. */
  async update(text: string, cursor: number): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const request = completionRequest(placeOf(text, cursor), false);
    if (!request) return this.close();
    const items = await this.#items(request, signal).catch(() => []);
    if (signal.aborted) return;
    this.#request = request;
    this.items = items.slice(0, limits.completions);
    this.selected = 0;
  }

  close(): void {
    this.#asked.abort();
    this.items = [];
    this.#request = null;
  }

  /** Moves the mark, around the ends. */
  move(step: 1 | -1): void {
    this.selected = (this.selected + step + this.items.length) % this.items.length;
  }

  /** Puts an item, the marked one without another, in the place of what was typed; null when nothing would change. */
  accept(text: string, cursor: number, item = this.items[this.selected]): CompletedText | null {
    const request = this.#request;
    this.close();
    if (!request || !item || (request.kind === "name" && item.value === request.prefix)) return null;
    const { lines, line, column } = placeOf(text, cursor);
    const completed = applyCompletion(lines, line, column, item, request.prefix);
    const before = completed.lines.slice(0, completed.cursorLine).reduce((sum, { length }) => sum + length + 1, 0);
    return { text: completed.lines.join("\n"), cursor: before + completed.cursorCol };
  }

  async #items(request: CompletionRequest, signal: AbortSignal): Promise<CompletionItem[]> {
    switch (request.kind) {
      case "name":
        return request.mark === "/" ? this.#names(request.word) : [];
      case "argument": {
        const command = this.#sources.commands().find(({ name }) => name === request.name);
        if (!command?.complete || request.mark !== "/") return [];
        const items = await this.#sources.complete(command);
        return fuzzyFilter(items, request.prefix, ({ value }) => value).filter(({ value }) => value !== request.prefix);
      }
      case "file":
        return fileItems(await this.#sources.searchFiles(request.query, signal), request);
    }
  }

  async #names(word: string): Promise<CompletionItem[]> {
    const own = this.#sources.commands();
    const names = new Set(own.map(({ name }) => name));
    const pi = await this.#sources.piCommands().catch(() => []);
    const items = [
      ...own.map(({ name, argument, description }) => ({
        value: `/${name}`,
        label: `/${name}${argument === undefined ? "" : ` ${argument}`}`,
        description,
      })),
      ...pi
        .filter(({ name }) => !names.has(name) && neutraliseLine(name) === name)
        .map(({ name, description, source }) => ({
          value: `/${name}`,
          label: `/${name}`,
          description: neutraliseLine(description ?? source),
        })),
    ];
    return fuzzyFilter(items, word, ({ value }) => value.slice(1));
  }
}

function placeOf(text: string, cursor: number): { lines: string[]; line: number; column: number } {
  const before = text.slice(0, cursor).split("\n");
  return { lines: text.split("\n"), line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
