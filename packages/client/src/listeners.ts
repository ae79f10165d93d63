/** Who listens to one kind of news. */
export class Listeners<T> {
  readonly #entries = new Set<{ listener: (value: T) => void }>();

  /** Adds a listener; the returned function removes it. */
  add(listener: (value: T) => void): () => void {
    const entry = { listener };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /** Calls every listener. What one throws becomes an uncaught error, as with DOM events, and stops nobody else. */
  emit(value: T): void {
    // A copy: who is added while this is told begins with the next.
    for (const entry of Array.from(this.#entries)) {
      // An earlier listener may have removed this one.
      if (!this.#entries.has(entry)) continue;
      try {
        entry.listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  get size(): number {
    return this.#entries.size;
  }
}
