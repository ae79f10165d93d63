import type { ModelRecord } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";

/** The models that pi can use, asked once and again whenever a form opens. */
class Models {
  list = $state.raw<readonly ModelRecord[] | null>(null);
  problem = $state("");

  async load(): Promise<void> {
    try {
      this.list = await pier.rest.models();
      this.problem = "";
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

export const models = new Models();
