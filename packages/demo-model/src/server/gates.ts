import { LIMITS } from "../limits.ts";
import { HttpError } from "./http-error.ts";

interface Gate {
  /** Streams held here. */
  held: Set<() => void>;
  /** Who wants to know of the next arrival. */
  watchers: Set<() => void>;
  /** Opened while nobody was held: the next one passes. */
  open: boolean;
}

/** Points at which a stream waits until somebody lets it go on. */
export class Gates {
  readonly #gates = new Map<string, Gate>();

  /** Resolves when the gate opens; rejects with the signal's reason. */
  async pass(name: string, signal: AbortSignal): Promise<void> {
    const gate = this.#gate(name);
    if (gate.open) {
      gate.open = false;
      this.#forgetIfIdle(name, gate);
      return;
    }
    const passed = this.#join(name, gate, gate.held, signal);
    for (const arrived of gate.watchers) arrived();
    await passed;
  }

  /** Resolves when a stream is held at the gate; rejects with the signal's reason. */
  async waitForArrival(name: string, signal?: AbortSignal): Promise<void> {
    const gate = this.#gate(name);
    if (gate.held.size === 0) await this.#join(name, gate, gate.watchers, signal);
  }

  /** Lets every stream held at the gate go on, or the next one when there is none; returns how many went. */
  open(name: string): number {
    const gate = this.#gate(name);
    const released = gate.held.size;
    gate.open = released === 0;
    for (const release of gate.held) release();
    this.#forgetIfIdle(name, gate);
    return released;
  }

  /** The gates in use, by name. */
  list(): { name: string; waiting: number; open: boolean }[] {
    return [...this.#gates].map(([name, gate]) => ({
      name,
      waiting: gate.held.size,
      open: gate.open,
    }));
  }

  #gate(name: string): Gate {
    const known = this.#gates.get(name);
    if (known !== undefined) return known;
    if (this.#gates.size >= LIMITS.gates) {
      throw new HttpError(503, "too_many_gates", `Cannot make gate "${name}": ${LIMITS.gates} gates are in use`);
    }
    const gate: Gate = { held: new Set(), watchers: new Set(), open: false };
    this.#gates.set(name, gate);
    return gate;
  }

  #join(name: string, gate: Gate, queue: Set<() => void>, signal?: AbortSignal): Promise<void> {
    if (queue.size >= LIMITS.gateWaiters) {
      throw new HttpError(503, "gate_full", `Cannot wait at gate "${name}": ${LIMITS.gateWaiters} are waiting`);
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.delete(go);
        signal?.removeEventListener("abort", abort);
        this.#forgetIfIdle(name, gate);
      };
      const go = (): void => {
        leave();
        resolve();
      };
      const abort = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) {
        abort();
        return;
      }
      queue.add(go);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  #forgetIfIdle(name: string, gate: Gate): void {
    if (gate.held.size === 0 && gate.watchers.size === 0 && !gate.open) this.#gates.delete(name);
  }
}
