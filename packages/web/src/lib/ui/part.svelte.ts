/** A part of the page that comes in a file of its own, asked for at once: the page is shown without it until then. */
export class Part<T> {
  /** Null until it is here. */
  component = $state.raw<T | null>(null);
  /** Whether it cannot be had: between two versions of the daemon its file is another one. */
  isMissing = $state(false);

  constructor(load: () => Promise<{ default: T }>) {
    load().then(
      ({ default: component }) => (this.component = component),
      () => (this.isMissing = true),
    );
  }
}
