import { TurnClock } from "@pier/client";
import { untrack } from "svelte";
import { seconds } from "#lib/ui/clock.svelte.ts";
import type { SessionView } from "../session-view.svelte.ts";

/** Since when a session works, as far as this page saw it. Whoever reads it is told every second. */
export class WorkTime {
  readonly #view: SessionView;
  #clock = new TurnClock();
  #changes = $state(0);

  constructor(view: SessionView) {
    this.#view = view;
  }

  /** Follows the session until the returned function is called. */
  follow(): () => void {
    const { transcript } = this.#view;
    let isFirst = true;
    const update = (): void => {
      if (!transcript.caughtUp) return;
      this.#clock.update(transcript, Date.now(), isFirst);
      isFirst = false;
      // An effect that follows must not begin anew with every change.
      untrack(() => this.#changes++);
    };
    update();
    return transcript.subscribe((change) => {
      // What stands there after a snapshot began before this page saw it.
      if (change.kind === "reset") isFirst = true;
      if (change.kind !== "ui" && change.kind !== "presence") update();
    });
  }

  /** ms; null when nothing goes on, and when nobody knows since when. */
  get elapsed(): number | null {
    void this.#changes;
    return this.#clock.elapsed(seconds.now);
  }

  /** ms until the next attempt after an error of the provider; 0 when none is waited for. */
  get retryLeft(): number {
    void this.#changes;
    return this.#clock.retryLeft(seconds.now);
  }
}
