import { randomUUID } from "node:crypto";
import type { ServerFrame } from "@pier/protocol";
import { expect, vi } from "vitest";
import { Follower } from "../session/support/follower.ts";
import type { ReplyPayload } from "../session/support/test-client.ts";
import type { AgentHost } from "./agent-host.ts";

/** A client of one session on an `AgentHost`. */
export class AgentClient {
  readonly follower = new Follower();
  readonly id: string;
  readonly #host: AgentHost;
  readonly #replies: ReplyPayload[] = [];
  readonly #clientId = randomUUID();
  #count = 0;

  constructor(host: AgentHost, id: string) {
    this.#host = host;
    this.id = id;
  }

  static async attach(host: AgentHost, id: string, interval = 0): Promise<AgentClient> {
    const client = new AgentClient(host, id);
    await client.follower.attach(host.sessions.session(id), { interval });
    return client;
  }

  /** Sends a command and waits for its reply. */
  async ask(payload: { type: string; [member: string]: unknown }): Promise<ReplyPayload> {
    const id = `q${this.#count++}`;
    this.#host.sessions.session(this.id).command({
      type: payload.type,
      id: JSON.stringify(id),
      text: JSON.stringify({ ...payload, id }),
      asker: {
        clientId: this.#clientId,
        reply: (frame) => void this.#replies.push((JSON.parse(frame) as { payload: ReplyPayload }).payload),
      },
    });
    return this.until(() => this.#replies.find((reply) => reply.id === id));
  }

  prompt(message: string): Promise<ReplyPayload> {
    return this.ask({ type: "prompt", message });
  }

  /** Waits until something is there. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    return vi.waitFor(
      () => {
        const found = look();
        expect(found).toBeTruthy();
        return found as T;
      },
      { timeout: 20_000, interval: 5 },
    );
  }

  /** Waits until a turn ended. */
  async settled(turns = 1): Promise<void> {
    const ends = (frame: ServerFrame): number =>
      frame.type === "event"
        ? Number(frame.payload.type === "agent_settled")
        : frame.type === "events"
          ? frame.payloads.filter(({ type }) => type === "agent_settled").length
          : 0;
    await this.until(() => this.follower.frames.reduce((count, frame) => count + ends(frame), 0) >= turns);
  }

  get texts(): string[] {
    return this.follower.messages.flatMap((message) =>
      (message as { content: { text?: string }[] }).content.map(({ text }) => text ?? ""),
    );
  }
}
