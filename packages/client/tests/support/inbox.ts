/** Values that somebody will ask for in their order. */
export class Inbox<T> {
  readonly #values: T[] = [];
  readonly #takers: ((value: T) => void)[] = [];

  push(value: T): void {
    const taker = this.#takers.shift();
    if (taker) taker(value);
    else this.#values.push(value);
  }

  next(): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    if (this.#values.length > 0) resolve(this.#values.shift() as T);
    else this.#takers.push(resolve);
    return promise;
  }

  /** What nobody asked for yet. */
  get waiting(): readonly T[] {
    return this.#values;
  }
}
