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

/** A text, and where the cursor stands in it. */
interface Place {
  readonly text: string;
  readonly cursor: number;
}

/** The list of what could be meant at the cursor. A daemon that is slow or away completes nothing and disturbs nobody. */
export class Completion {
  items = $state.raw<readonly CompletionItem[]>([]);
  selected = $state(0);
  /** For what was asked last. */
  #asked: Place | null = null;
  /** For what the list is. */
  #listed: { place: Place; request: CompletionRequest } | null = null;
  #asking = new AbortController();
  readonly #sources: CompletionSources;

  constructor(sources: CompletionSources) {
    this.#sources = sources;
  }

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  /** Looks at what stands before the cursor. */
  async update(text: string, cursor: number): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const request = completionRequest(placeOf(text, cursor), false);
    if (!request) return this.close();
    const place = { text, cursor };
    this.#asked = place;
    const items = await this.#items(request, signal).catch(() => []);
    if (signal.aborted) return;
    this.#listed = { place, request };
    this.items = items.slice(0, limits.completions);
    this.selected = 0;
  }

  close(): void {
    this.#asking.abort();
    this.#asked = null;
    this.hide();
  }

  /** Takes the list away; one that is asked for still comes. */
  hide(): void {
    this.items = [];
    this.#listed = null;
  }

  /** Closes when the text or the cursor is no longer where it was asked for. */
  follow(text: string, start: number, end: number): void {
    const asked = this.#asked;
    if (asked && (asked.text !== text || asked.cursor !== start || start !== end)) this.close();
  }

  /** Whether the list is for what was asked last: while an answer is on its way, it is still for what was typed before. */
  get isCurrent(): boolean {
    return this.#listed !== null && this.#listed.place === this.#asked;
  }

  /** Moves the mark, around the ends. */
  move(step: 1 | -1): void {
    this.selected = (this.selected + step + this.items.length) % this.items.length;
  }

  /** Puts an item, the marked one without another, in the place of what was typed; null when nothing would change. */
  accept(item = this.items[this.selected]): Place | null {
    const listed = this.#listed;
    this.close();
    if (!listed || !item) return null;
    const {
      request,
      place: { text, cursor },
    } = listed;
    if (request.kind === "name" && item.value === request.prefix) return null;
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
