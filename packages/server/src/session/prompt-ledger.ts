/** A prompt-like command (prompt, steer, follow_up) that was accepted from a client. */
export interface PromptEntry {
  /** The id under which pi gets it. */
  id: string;
  session: string;
  clientId: string;
  /** The client's own id as JSON text (`"7"` and `7` differ); null when it gave none. */
  commandId: string | null;
  /** The command as the client wrote it, JSON text without its `id`. */
  command: string;
  /** The journal it was written to; null while it was not given to a process, `againEpoch` when it is to be given anew. */
  epoch: string | null;
  /**
   * accepted: on disk. answered: pi replied with success. offered: pi ended before it saved the prompt; a person
   * decides. done: saved, refused or dismissed; remembered for a while, so that sending it again is recognised.
   */
  state: "accepted" | "answered" | "offered" | "done";
  /** pi's reply record, once there is one. */
  reply: string | null;
  /** ms since 1970. */
  acceptedAt: number;
}

/** Stands for no journal: a person sent a prompt again that an earlier process did not save. */
export const againEpoch = "";

/** Whether no process was given the prompt since it was accepted or sent again. */
export function isUngiven(entry: PromptEntry): boolean {
  return entry.epoch === null || entry.epoch === againEpoch;
}

/** What a person typed. */
export function promptText(entry: PromptEntry): string {
  const { message } = JSON.parse(entry.command) as { message?: unknown };
  return typeof message === "string" ? message : "";
}

export function imageCount(entry: PromptEntry): number {
  const { images } = JSON.parse(entry.command) as { images?: unknown };
  return Array.isArray(images) ? images.length : 0;
}

/** Where accepted prompts wait until pi saved them. Every method is durable when it returns. */
export interface PromptLedger {
  accept(entry: PromptEntry): void;
  update(id: string, change: Partial<Pick<PromptEntry, "epoch" | "state" | "reply">>): void;
  remove(id: string): void;
  /** The entries of a session, oldest first, done ones included. */
  list(session: string): PromptEntry[];
  /** The entry of a command that a client sent before, so that sending it again is the same command. */
  find(session: string, clientId: string, commandId: string): PromptEntry | undefined;
}
