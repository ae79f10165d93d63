import type { Attachment } from "../attachment/attachment.ts";
import type { PiSlashCommand } from "../pi/pi-replies.ts";

/** What a session's pi knows behind a slash: asked once, and again after another conversation or process took its place. */
export class PiCommandList {
  #attachment: Attachment;
  #asked: Promise<readonly PiSlashCommand[]> | null = null;
  #names: readonly string[] | null = null;

  constructor(attachment: Attachment) {
    this.#attachment = attachment;
    this.refresh();
  }

  /** Names as far as they are known; null before pi answered. */
  get names(): readonly string[] | null {
    return this.#names;
  }

  follow(attachment: Attachment): void {
    this.#attachment = attachment;
    this.#names = null;
    this.refresh();
  }

  /** Asks anew; what is known holds until the answer. A pi that does not run is not started for this. */
  refresh(): void {
    this.#asked = null;
    const { info } = this.#attachment.transcript;
    if (info?.status === "live" && info.activity !== "parked") this.get().catch(() => {});
  }

  /** @throws CommandError when pi does not answer; the next call asks again */
  get(): Promise<readonly PiSlashCommand[]> {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask(): Promise<readonly PiSlashCommand[]> {
    const attachment = this.#attachment;
    try {
      const { commands } = await attachment.getCommands();
      if (attachment === this.#attachment) this.#names = commands.map(({ name }) => name);
      return commands;
    } catch (error) {
      if (attachment === this.#attachment) this.#asked = null;
      throw error;
    }
  }
}
