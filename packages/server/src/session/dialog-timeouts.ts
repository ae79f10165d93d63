import { defaultAnswer, type Dialog, type DialogAnswer } from "@pier/protocol";
import type { Clock } from "./clock.ts";

export interface DialogTimeoutsOptions {
  clock: Clock;
  /** ms a dialog waits while nobody is there to see it. */
  unseenTimeout: number;
  /** Whether somebody is there to see dialogs. */
  seen: () => boolean;
  /** Called when a dialog's time is over; `answer` is null when pi goes on by itself. */
  onExpired: (id: string, answer: DialogAnswer | null) => void;
}

/** Ends dialogs whose time is over. pi says nothing when its own timeout passes, so it is counted here as well. */
export class DialogTimeouts {
  readonly #options: DialogTimeoutsOptions;
  readonly #open = new Map<string, { dialog: Dialog; cancelTimeout?: () => void; cancelUnseen?: () => void }>();

  constructor(options: DialogTimeoutsOptions) {
    this.#options = options;
  }

  /** A dialog was raised: its deadline, if pi set a timeout, is written into it. */
  raised(dialog: Dialog): void {
    if (this.#open.has(dialog.id)) return;
    const { clock, onExpired } = this.#options;
    const entry: { dialog: Dialog; cancelTimeout?: () => void } = { dialog };
    this.#open.set(dialog.id, entry);
    if (typeof dialog.timeout === "number" && dialog.timeout > 0) {
      dialog.deadline = clock.now() + dialog.timeout;
      entry.cancelTimeout = clock.after(dialog.timeout, () => onExpired(dialog.id, null));
    }
    this.viewersChanged();
  }

  /** A dialog was answered or is gone. */
  closed(id: string): void {
    const entry = this.#open.get(id);
    entry?.cancelTimeout?.();
    entry?.cancelUnseen?.();
    this.#open.delete(id);
  }

  closeAll(): void {
    for (const id of Array.from(this.#open.keys())) this.closed(id);
  }

  /** Somebody came or left: unseen dialogs begin, or stop, to run out of time. */
  viewersChanged(): void {
    const { clock, unseenTimeout, seen, onExpired } = this.#options;
    for (const [id, entry] of this.#open) {
      if (seen()) {
        entry.cancelUnseen?.();
        delete entry.cancelUnseen;
      } else {
        entry.cancelUnseen ??= clock.after(unseenTimeout, () => onExpired(id, defaultAnswer(entry.dialog.method)));
      }
    }
  }
}
