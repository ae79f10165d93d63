import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";

export interface FileWatchOptions {
  clock: Clock;
  /** The size of the file that clients are shown, where there is nothing but that file; undefined otherwise. */
  size(): number | undefined;
  /** Whether somebody looks. */
  watched(): boolean;
  onChange(): void;
}

/** Notices that another program goes on in a session file that clients look at. */
export class FileWatch {
  readonly #options: FileWatchOptions;
  #shown: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: FileWatchOptions) {
    this.#options = options;
  }

  /** A client was shown the file's first `size` bytes. */
  saw(size: number | undefined): void {
    const isNew = this.#isNew(size);
    this.#shown = size;
    this.#cancel ??= this.#later();
    // Who came before was shown less.
    if (isNew) this.#options.onChange();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #later(): () => void {
    return this.#options.clock.after(limits.fileCheck, () => this.#look());
  }

  #look(): void {
    this.#cancel = undefined;
    if (this.#options.watched()) this.saw(this.#options.size());
  }

  #isNew(size: number | undefined): boolean {
    const known = this.#shown !== undefined && size !== undefined && this.#options.watched();
    return known && size !== this.#shown;
  }
}
