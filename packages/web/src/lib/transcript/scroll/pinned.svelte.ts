/** px from the end within which a person is at the end. */
const near = 16;

/**
 * Whether the conversation follows its end. Only a person unpins it, by scrolling away; growing content never does. It is
 * pinned again at the end, and by going to the latest.
 */
export class Pinned {
  #isPinned = $state(true);
  #fresh = $state(0);

  get isPinned(): boolean {
    return this.#isPinned;
  }

  /** Messages that came since it was unpinned. */
  get fresh(): number {
    return this.#fresh;
  }

  /** A person begins to scroll up. `room`: px above what is seen; with none there is nowhere to go. */
  pullUp(room: number): void {
    if (room > 0) this.#isPinned = false;
  }

  /**
   * A person scrolled by so many px, upwards below zero, and is so many from the end now. However little it is, upwards is
   * away from the end, unless that is where they are still: content that became shorter moves the view as well.
   */
  scrolled(by: number, fromEnd: number): void {
    if (by < 0 && fromEnd > 1) this.#isPinned = false;
    else if (by > 0 && fromEnd <= near) this.pin();
  }

  /** A person looks at something that is not the end. */
  unpin(): void {
    this.#isPinned = false;
  }

  pin(): void {
    this.#isPinned = true;
    this.#fresh = 0;
  }

  /** Messages came. */
  count(messages: number): void {
    if (!this.#isPinned) this.#fresh += messages;
  }
}
