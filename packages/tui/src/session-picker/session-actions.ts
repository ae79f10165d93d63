import type { RestClient } from "@pier/client";

/** What can be done with sessions from the picker. Each rejects with a sentence that says why not. */
export interface SessionActions {
  /** Starts one; absent where that makes no sense. Resolves with its id. */
  create?: () => Promise<string>;
  /** Starts pi again for a closed one. */
  resume(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  close(id: string): Promise<void>;
  /** Ends it for good; its file goes to the trash where there is one. */
  remove(id: string): Promise<void>;
}

/** @param folder where a new session begins; without one, none can be started */
export function sessionActions(rest: RestClient, folder?: string): SessionActions {
  return {
    ...(folder !== undefined && { create: async () => (await rest.create({ working_dir: folder })).id }),
    async resume(id) {
      await rest.resume(id);
    },
    async rename(id, name) {
      await rest.rename(id, name);
    },
    async close(id) {
      await rest.kill(id);
    },
    async remove(id) {
      await rest.remove(id);
    },
  };
}
