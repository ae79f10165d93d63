/** Heights of rows, one below the other: where each begins and which stands at a place, in steps that grow with the logarithm of their number. */
export class Heights {
  readonly #heights: number[] = [];
  /** A Fenwick tree: the entry at `i` sums the heights of the `i & -i` rows that end with row `i - 1`. */
  readonly #sums: number[] = [0];

  get length(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.offsetOf(this.length);
  }

  at(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** Where a row begins, in px from the first one. */
  offsetOf(index: number): number {
    let sum = 0;
    for (let at = Math.min(index, this.length); at > 0; at -= at & -at) sum += this.#sums[at] ?? 0;
    return sum;
  }

  /** The row at a place; the first or the last one outside. */
  indexAt(place: number): number {
    let at = 0;
    let left = place;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.length))); step >= 1; step /= 2) {
      const sum = this.#sums[at + step];
      if (sum === undefined || sum > left) continue;
      at += step;
      left -= sum;
    }
    return Math.max(0, Math.min(at, this.length - 1));
  }

  push(height: number): void {
    this.#heights.push(height);
    const at = this.length;
    let sum = height;
    for (let below = at - 1; below > at - (at & -at); below -= below & -below) sum += this.#sums[below] ?? 0;
    this.#sums.push(sum);
  }

  set(index: number, height: number): void {
    const change = height - this.at(index);
    if (change === 0 || index >= this.length) return;
    this.#heights[index] = height;
    for (let at = index + 1; at <= this.length; at += at & -at) this.#sums[at] = (this.#sums[at] ?? 0) + change;
  }

  /** Forgets the rows from one on. */
  truncate(length: number): void {
    this.#heights.length = Math.min(length, this.length);
    this.#sums.length = this.#heights.length + 1;
  }
}
