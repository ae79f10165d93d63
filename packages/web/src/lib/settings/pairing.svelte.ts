import type { PairingRecord, Scope } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";

/** ms between two looks at whether the code was used. */
const interval = 2_500;

/** A pairing code that is shown, and the device that used it. */
export class Pairing {
  record = $state.raw<PairingRecord | null>(null);
  problem = $state("");
  /** The name of the device that came in with it. */
  paired = $state<string | null>(null);

  /** Makes a code for a scope, and watches for its use until the returned function is called. */
  follow(scope: Scope): () => void {
    const ended = new AbortController();
    void this.#mint(scope, ended.signal);
    return () => ended.abort();
  }

  async #mint(scope: Scope, signal: AbortSignal): Promise<void> {
    this.record = null;
    this.problem = "";
    this.paired = null;
    try {
      const before = new Set((await pier.rest.devices({ signal })).map(({ id }) => id));
      this.record = await pier.rest.mintPairing(scope, { signal });
      await this.#watch(before, signal);
    } catch (error) {
      if (!signal.aborted) this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  async #watch(before: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const until = Date.parse(this.record?.expires_at ?? "");
    while (Date.now() < until) {
      await pause(interval, signal);
      const device = (await pier.rest.devices({ signal })).find(({ id }) => !before.has(id));
      if (!device) continue;
      this.paired = device.name;
      return;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new Error("The dialog was closed."));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
