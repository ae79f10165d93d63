import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Delta } from "./delta.ts";

/** Writes one reply as server-sent events, no faster than the client reads. */
export class CompletionStream {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;
  readonly #head: Record<string, unknown>;

  constructor(response: ServerResponse, signal: AbortSignal, id: string, model: string) {
    this.#response = response;
    this.#signal = signal;
    this.#head = {
      id,
      object: "chat.completion.chunk",
      created: Math.floor(Date.now() / 1000),
      model,
    };
  }

  async start(): Promise<void> {
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-pier-demo": "scripted",
    });
    await this.send({ role: "assistant", content: "" });
  }

  send(delta: Delta): Promise<void> {
    return this.#write({ choices: [{ index: 0, delta, finish_reason: null }] });
  }

  async finish(reason: string, usage: Record<string, unknown>): Promise<void> {
    await this.#write({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
    await this.#write({ choices: [], usage });
    this.#response.end("data: [DONE]\n\n");
  }

  /** Cuts the connection, as a failing network does. */
  drop(): void {
    this.#response.destroy();
  }

  async #write(fields: Record<string, unknown>): Promise<void> {
    this.#signal.throwIfAborted();
    const more = this.#response.write(`data: ${JSON.stringify({ ...this.#head, ...fields })}\n\n`);
    if (!more) await once(this.#response, "drain", { signal: this.#signal });
  }
}
