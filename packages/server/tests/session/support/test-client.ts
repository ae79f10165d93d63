import type { Asker } from "../../../src/session/asker.ts";
import type { Session } from "../../../src/session/session.ts";
import type { World } from "./world.ts";

export interface ReplyPayload {
  id?: string;
  command: string;
  success: boolean;
  data?: { [member: string]: unknown };
  error?: string;
  code?: string;
}

/** A client that sends commands, and sends them again while they have no reply. */
export class TestClient {
  readonly replies: ReplyPayload[] = [];
  readonly #clientId: string;
  readonly #world: World;
  readonly #unanswered = new Map<string, object>();
  #connection: { asker: Asker; session: Session } | undefined;
  #count = 0;

  constructor(world: World, clientId = "c1") {
    this.#world = world;
    this.#clientId = clientId;
  }

  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Sends a command under a new id and returns it. */
  send(payload: { type: string; [member: string]: unknown }): string {
    const id = `r${this.#count++}`;
    this.#unanswered.set(id, payload);
    this.#give(id, payload);
    return id;
  }

  prompt(message: string, rest: object = {}): string {
    return this.send({ type: "prompt", message, ...rest });
  }

  /** Sends a command of before under its old id, whether or not it has a reply. */
  repeat(id: string, payload: { type: string; [member: string]: unknown }): void {
    this.#unanswered.set(id, payload);
    this.#give(id, payload);
  }

  /** The connection is cut and made anew; what has no reply is sent again. */
  reconnect(): void {
    if (this.#connection) this.#connection.session.forget(this.#connection.asker);
    this.#connection = undefined;
    for (const [id, payload] of this.#unanswered) this.#give(id, payload as { type: string });
  }

  reply(id: string): ReplyPayload | undefined {
    return this.replies.find((reply) => reply.id === id);
  }

  #give(id: string, payload: { type: string }): void {
    const { session } = this.#world;
    if (this.#connection?.session !== session) this.#connection = { asker: this.#asker(), session };
    session.command({
      type: payload.type,
      id: JSON.stringify(id),
      text: JSON.stringify({ ...payload, id }),
      asker: this.#connection.asker,
    });
  }

  #asker(): Asker {
    const { life } = this.#world;
    return {
      clientId: this.#clientId,
      reply: (frame) => {
        if (life.over) return;
        const { payload } = JSON.parse(frame) as { payload: ReplyPayload };
        this.replies.push(payload);
        this.#unanswered.delete(payload.id ?? "");
      },
    };
  }
}
