import { randomUUID } from "node:crypto";
import { commandSpec, rawMember } from "@pier/protocol";
import type { Asker } from "../../../session/asker.ts";

export interface ClientCommandOptions {
  type: string;
  /** Who sends it, for the record of prompts. */
  device: string;
  onNamed: (wireId: string) => void;
  /** Takes pi's reply, with the client's own id in it. */
  onReply: (payload: string, switched: boolean) => void;
}

/**
 * One command of a client of version 1. Each is its own asker: version 1 never said that ids are used once, so a prompt
 * with the id of an earlier one is a prompt like any other.
 */
export class ClientCommand implements Asker {
  readonly clientId: string;
  readonly #options: ClientCommandOptions;

  constructor(options: ClientCommandOptions) {
    this.#options = options;
    this.clientId = `${options.device}:${randomUUID()}`;
  }

  onNamed(wireId: string): void {
    if (commandSpec(this.#options.type).effect === "bash") this.#options.onNamed(wireId);
  }

  reply(frame: string): void {
    const { type, onReply } = this.#options;
    const payload = rawMember(frame, "payload") as string;
    onReply(payload, commandSpec(type).effect === "switch" && succeeded(payload));
  }
}

/** A switch that an extension cancelled leaves everything as it was. */
function succeeded(payload: string): boolean {
  const { success, data } = JSON.parse(payload) as { success?: unknown; data?: { cancelled?: unknown } };
  return success === true && data?.cancelled !== true;
}
