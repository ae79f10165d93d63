import { connect } from "@pier/client";
import { WebSocket } from "ws";
import type { BenchDaemon } from "./bench-daemon.ts";
import { waitUntil } from "./wait-until.ts";

/** The client library over a socket that can stop reading. */
export class StallingClient {
  readonly ready: Promise<void>;
  readonly #connection: ReturnType<typeof connect>;
  readonly #attachment: ReturnType<ReturnType<typeof connect>["attach"]>;
  #socket: WebSocket | undefined;

  constructor(daemon: BenchDaemon, session: string) {
    const opened = (socket: WebSocket): void => {
      this.#socket = socket;
    };
    class Pausable extends WebSocket {
      constructor(address: string | URL) {
        super(address, { perMessageDeflate: false });
        opened(this);
      }
    }
    this.#connection = connect({ url: daemon.url, token: daemon.token, WebSocket: Pausable });
    this.#attachment = this.#connection.attach(session);
    this.ready = this.#attachment.ready;
  }

  /** Reads nothing more. */
  stall(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  close(): void {
    this.#connection.close();
  }

  /** Whether it comes to show what another client shows that attached just now. */
  async endsAs(other: StallingClient): Promise<boolean> {
    await other.ready;
    const wanted = other.#shown();
    other.close();
    return waitUntil("the same end", () => this.#shown() === wanted, 30).then(
      () => true,
      () => false,
    );
  }

  /** The last messages, so that how many older ones a client holds makes no difference. */
  #shown(): string {
    const { items, live } = this.#attachment.transcript;
    return JSON.stringify([items.slice(-2), live.running, live.message]);
  }
}
