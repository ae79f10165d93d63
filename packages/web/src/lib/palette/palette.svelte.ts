import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionList } from "#lib/pier/session-list.svelte.ts";
import type { Choice } from "#lib/ui/narrow.ts";
import { actions } from "./actions.svelte.ts";
import { type Entry, entryKey, type MessageEntry, recordEntry, type SessionEntry, sessionEntry } from "./entry.ts";
import { fitting } from "./fits.ts";
import { paletteLimits as limits } from "./limits.ts";
import { MessageSearch } from "./message-search.svelte.ts";
import { overlay } from "./overlay.svelte.ts";

/** What the palette shows for what is typed: actions of this page, sessions, messages. */
export class Palette {
  query = $state(overlay.typed);
  readonly search = new MessageSearch(pier.rest);
  readonly #home = pier.me?.server.home;
  readonly #actions = $derived(actions.list.filter(({ place }) => place !== "keys"));
  readonly #sessions = $derived.by((): SessionEntry[] => {
    const own = sessionList.sessions.map((info) => sessionEntry(info, this.#home));
    const ids = new Set(own.map(({ id }) => id));
    const others = this.search.sessions.filter(({ id }) => !ids.has(id));
    return [...own, ...others.map((record) => recordEntry(record, this.#home))];
  });
  readonly #entries = $derived.by((): [group: string, entries: Entry[]][] => [
    ["Actions", this.#fittingActions()],
    [this.#isEmpty ? "Latest sessions" : "Sessions", this.#fittingSessions()],
    ["Messages", this.#messages()],
  ]);
  readonly #byKey = $derived(new Map(this.#entries.flatMap(([, all]) => all.map((entry) => [entryKey(entry), entry]))));
  readonly choices = $derived(
    this.#entries.flatMap(([group, all]) =>
      all.map((entry): Choice<string> => ({ value: entryKey(entry), label: labelOf(entry), group })),
    ),
  );

  entry(key: string): Entry | undefined {
    return this.#byKey.get(key);
  }

  /** What is being done, and what is not shown; empty when nothing is worth a word. */
  get words(): string {
    const { isSlow, progress, found, rest, problem, isSearching } = this.search;
    if (problem !== "") return `Messages could not be searched: ${problem}`;
    if (isSlow)
      return progress ? `Searching messages, ${progress.done} of ${progress.of} sessions` : "Searching messages";
    return isSearching || found.length === 0 ? "" : rest;
  }

  get #isEmpty(): boolean {
    return this.query.trim() === "";
  }

  #fittingActions(): Entry[] {
    const found = this.#isEmpty
      ? this.#actions
      : fitting(this.#actions, this.query, limits.actions, ({ title }) => [{ text: title, penalty: 0, isFuzzy: true }]);
    return found.map((action) => ({ kind: "action", action }));
  }

  #fittingSessions(): Entry[] {
    if (this.#isEmpty) return this.#sessions.toSorted((a, b) => b.time - a.time).slice(0, limits.sessions);
    return fitting(this.#sessions, this.query, limits.sessions, ({ title, folder, line }) => [
      { text: title, penalty: 0, isFuzzy: true },
      { text: folder, penalty: 3 },
      { text: line, penalty: 6 },
    ]);
  }

  #messages(): MessageEntry[] {
    return this.search.found.map(({ session: record, message }) => {
      const { id, title, time } = recordEntry(record, this.#home);
      return { kind: "message", session: { id, title }, message, time };
    });
  }
}

function labelOf(entry: Entry): string {
  if (entry.kind === "action") return entry.action.title;
  return entry.kind === "session" ? entry.title : entry.message.snippet;
}
