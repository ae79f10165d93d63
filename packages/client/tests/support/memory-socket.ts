import type { ClientFrame, ServerFrame } from "@pier/protocol";
import type { WebSocketConstructor, WebSocketLike } from "../../src/index.ts";

export type AnyFrame = ServerFrame | Record<string, unknown>;

type Handler = ((event: unknown) => void) | null;

/** Sockets without a network: frames wait until a test delivers them, and are lost where it cuts. */
export class MemoryWire {
  readonly WebSocket: WebSocketConstructor;
  readonly #queue: string[] = [];
  #socket: WebSocketLike | null = null;
  #open = false;

  constructor(onFrame: (frame: ClientFrame) => void) {
    const made = (socket: WebSocketLike): void => {
      if (this.#socket) throw new Error("A second socket was opened beside the first.");
      this.#socket = socket;
    };
    const closed = (socket: WebSocketLike): void => {
      if (this.#socket === socket) this.cut();
    };
    this.WebSocket = class implements WebSocketLike {
      onopen: Handler = null;
      onmessage: Handler = null;
      onerror: Handler = null;
      onclose: Handler = null;
      constructor() {
        made(this);
      }
      send(text: string): void {
        onFrame(JSON.parse(text) as ClientFrame);
      }
      close(): void {
        closed(this);
      }
    };
  }

  /** Whether the daemon's frames reach anybody. */
  get open(): boolean {
    return this.#open;
  }

  accept(): void {
    this.#open = true;
    this.#socket?.onopen?.({} as never);
  }

  send(frame: AnyFrame): void {
    if (this.#open) this.#queue.push(JSON.stringify(frame));
  }

  /** Delivers up to `count` frames. */
  deliver(count = Infinity): void {
    for (let left = count; left > 0; left--) {
      const data = this.#queue.shift();
      if (data === undefined) return;
      this.#socket?.onmessage?.({ data } as never);
    }
  }

  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    this.#queue.length = 0;
    socket?.onclose?.({ code: 1006, reason: "" } as never);
  }
}
