import { record, string } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";

/**
 * Gives each item a name that stays: the daemon names a message by its place in the journal, this client by the event that
 * brought it, and a snapshot names everything anew. What a message is stays the same.
 */
export class Names {
  readonly #byKey = new Map<string, string>();
  readonly #used = new Set<string>();
  #before = new Map<string, string>();

  /** The name of an item. `wanted`: under which its rows are shown already. */
  of(item: TranscriptItem, wanted?: string): string {
    const known = this.#byKey.get(item.key);
    if (known !== undefined) return known;
    const before = this.#before.get(identityOf(item));
    let name = wanted ?? before ?? item.key;
    while (this.#used.has(name)) name += "'";
    this.#used.add(name);
    this.#byKey.set(item.key, name);
    return name;
  }

  /** A snapshot replaces these items. */
  replace(items: readonly TranscriptItem[]): void {
    this.#before = new Map(items.map((item) => [identityOf(item), this.of(item)]));
    this.#byKey.clear();
    this.#used.clear();
  }

  forget(items: readonly TranscriptItem[]): void {
    for (const { key } of items) {
      this.#used.delete(this.#byKey.get(key) ?? "");
      this.#byKey.delete(key);
    }
  }
}

/** What tells a message from others, however the daemon or this client names it. */
export function identityOf({ key, message }: TranscriptItem): string {
  const { role, timestamp, toolCallId, command } = record(message);
  if (timestamp === undefined && command === undefined) return key;
  return [role, timestamp, string(toolCallId), string(command)].join("\n");
}
