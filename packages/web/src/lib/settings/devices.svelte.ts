import type { ListedDevice } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { asking } from "#lib/ui/ask.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";

/** The devices that may come in. */
export class Devices {
  list = $state.raw<readonly ListedDevice[] | null>(null);
  problem = $state("");

  async load(): Promise<void> {
    try {
      this.list = await pier.rest.devices();
      this.problem = "";
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  /** Takes a device's access away, once the person is sure. */
  async revoke({ id, name }: ListedDevice): Promise<void> {
    const yes = await asking.ask({
      title: `Revoke “${name}”?`,
      text: "It is signed out at once, and has to be paired again to come back. Sessions go on.",
      yes: "Revoke",
      isDangerous: true,
    });
    if (!yes) return;
    if (await attempt(() => pier.rest.revoke(id))) toasts.say(`${name} is signed out.`);
    await this.load();
  }
}
