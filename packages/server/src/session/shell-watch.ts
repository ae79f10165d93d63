import type { BashRun, Payload } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { Clock } from "./clock.ts";

export interface ShellWatchOptions {
  clock: Clock;
  /** Ends the direct shell commands that run. */
  abort(): void;
  /** Tells those who look why. */
  tell(message: string): void;
}

interface Watched {
  command: string;
  /** Characters. */
  output: number;
  cancel: () => void;
}

/**
 * Watches direct shell commands: pi runs them without any limit, and what they write goes into the journal. One that writes
 * too much is ended, and so is one that takes too long while it is kept from the model (`!!`): nobody waits for it there.
 */
export class ShellWatch {
  readonly #options: ShellWatchOptions;
  readonly #running = new Map<string, Watched>();

  constructor(options: ShellWatchOptions) {
    this.#options = options;
  }

  /** Takes an event of the session. */
  onEvent(event: Payload): void {
    const { type, id } = event;
    if (typeof id !== "string") return;
    if (type === "pier_bash_start") this.#start(id, String(event.command), event.excludeFromContext === true);
    else if (type === "bash_execution_update") this.#add(id, event.delta);
    else if (type === "response") this.#end(id);
  }

  /** Commands that an earlier daemon saw begin. Their time begins anew. */
  onCaughtUp(runs: Iterable<BashRun>): void {
    for (const { id, command, excludeFromContext } of runs) this.#start(id, command, excludeFromContext);
  }

  /** Nothing runs any more, or another daemon will watch it. */
  clear(): void {
    for (const id of this.#running.keys()) this.#end(id);
  }

  #start(id: string, command: string, excluded: boolean): void {
    const tooLong = `ran longer than ${limits.shellTime / 60_000} minutes`;
    const cancel = excluded ? this.#options.clock.after(limits.shellTime, () => this.#stop(id, tooLong)) : () => {};
    this.#running.set(id, { command, output: 0, cancel });
  }

  #add(id: string, delta: unknown): void {
    const run = this.#running.get(id);
    if (!run || typeof delta !== "string") return;
    run.output += delta.length;
    if (run.output > limits.shellOutput) this.#stop(id, `wrote more than ${limits.shellOutput} characters`);
  }

  /** pi knows one way to end them, and it ends all. */
  #stop(id: string, why: string): void {
    const command = this.#running.get(id)?.command ?? "";
    this.#end(id);
    this.#options.tell(`The shell command ${command.slice(0, 200)} ${why} and was stopped.`);
    this.#options.abort();
  }

  #end(id: string): void {
    this.#running.get(id)?.cancel();
    this.#running.delete(id);
  }
}
