import { rawMember } from "@pier/protocol";
import type { Asker } from "../../../session/asker.ts";

export interface ReplyToOptions {
  clientId: string;
  /** Whether the reply is to say that the model does not see what was run. */
  excluded: boolean;
  onNamed: (wireId: string) => void;
  /** Takes pi's reply, with the client's own id in it. */
  onReply: (reply: string) => void;
}

/** Takes the reply to one command. Ids need not be unique here, so each command is an asker of its own. */
export class ReplyTo implements Asker {
  readonly clientId: string;
  readonly #options: ReplyToOptions;

  constructor(options: ReplyToOptions) {
    this.#options = options;
    this.clientId = options.clientId;
  }

  onNamed(wireId: string): void {
    this.#options.onNamed(wireId);
  }

  reply(frame: string): void {
    const payload = rawMember(frame, "payload") ?? "null";
    this.#options.onReply(this.#options.excluded ? saidExcluded(payload) : payload);
  }
}

function saidExcluded(payload: string): string {
  const reply = JSON.parse(payload) as { success?: unknown; data?: object };
  return reply.success === true
    ? JSON.stringify({ ...reply, data: { ...reply.data, excludeFromContext: true } })
    : payload;
}
