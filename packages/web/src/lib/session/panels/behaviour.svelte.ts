import type { Attachment, QueueMode } from "@pier/client";
import type { PiState } from "@pier/protocol";
import { attempt } from "#lib/ui/toasts.svelte.ts";

/** What was chosen for a session here: pi does not say whether it retries. */
const chosenRetry = new WeakMap<Attachment, boolean>();

/** How pi behaves in one session: how queued messages go to the model, what it does by itself. */
export class Behaviour {
  readonly #attachment: Attachment;
  #pi = $state.raw<PiState>({});
  #retry = $state<boolean | null>(null);

  private constructor(attachment: Attachment, pi: PiState) {
    this.#attachment = attachment;
    this.#pi = pi;
    this.#retry = chosenRetry.get(attachment) ?? null;
  }

  /** Asks pi how it stands. */
  static async of(attachment: Attachment): Promise<Behaviour> {
    return new Behaviour(attachment, await attachment.getState());
  }

  get steering(): QueueMode {
    return this.#pi.steeringMode === "all" ? "all" : "one-at-a-time";
  }

  get followUp(): QueueMode {
    return this.#pi.followUpMode === "all" ? "all" : "one-at-a-time";
  }

  get compacts(): boolean {
    return this.#pi.autoCompactionEnabled !== false;
  }

  /** null: as pi's settings say. */
  get retries(): boolean | null {
    return this.#retry;
  }

  setSteering(mode: QueueMode): Promise<void> {
    return this.#change(() => this.#attachment.setSteeringMode(mode));
  }

  setFollowUp(mode: QueueMode): Promise<void> {
    return this.#change(() => this.#attachment.setFollowUpMode(mode));
  }

  setCompacts(isOn: boolean): Promise<void> {
    return this.#change(() => this.#attachment.setAutoCompaction(isOn));
  }

  setRetries(isOn: boolean): Promise<void> {
    return this.#change(async () => {
      await this.#attachment.setAutoRetry(isOn);
      chosenRetry.set(this.#attachment, isOn);
      this.#retry = isOn;
    });
  }

  async #change(step: () => Promise<void>): Promise<void> {
    await attempt(async () => {
      await step();
      this.#pi = await this.#attachment.getState();
    });
  }
}
