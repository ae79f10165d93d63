/** What a daemon that died throws at whatever it still tries. */
export class Crashed extends Error {}

/** One life of a daemon. After its end nothing that it does has an effect. */
export class Life {
  readonly name: string;
  #over = false;
  #left: number;

  /** @param steps how many steps (writes, each of its pieces, changes on disk) it lives */
  constructor(name: string, steps: number) {
    this.name = name;
    this.#left = steps;
  }

  get over(): boolean {
    return this.#over;
  }

  end(): void {
    this.#over = true;
  }

  /** Passes one step, or dies there. @throws Crashed */
  step(): void {
    if (!this.#over && this.#left-- <= 0) this.#over = true;
    if (this.#over) throw new Crashed(`The daemon ${this.name} is dead.`);
  }
}
