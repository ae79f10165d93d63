import { closeCodes, limits as wire } from "@pier/protocol";
import type { WebSocket } from "ws";
import { limits } from "../limits.ts";
import type { Intake } from "./intake.ts";

/** What a peer tells its owner. */
export interface PeerListener {
  onText(text: string): void;
  onBinary(): void;
  /** It sends more than it may: the message is dropped. The problem is a sentence. */
  onFlood?(problem: string): void;
}

/** Why the daemon ends a connection that did nothing wrong. */
export type Dismissal = "restarting" | "revoked";

/** One socket: counts what waits to be sent, and calls back when it drained. */
export class Peer {
  readonly address: string;
  readonly closed: Promise<void>;
  /** Says goodbye for the daemon. A dialect that has other words for it puts them here. */
  dismiss = (why: Dismissal): void => this.close(...farewells[why]);
  readonly #socket: WebSocket;
  readonly #drained: (() => void)[] = [];
  #intake: Intake | undefined;
  #queued = 0;
  #alive = true;

  constructor(socket: WebSocket, address: string) {
    this.#socket = socket;
    this.address = address;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("pong", () => {
      this.#alive = true;
    });
    // A broken frame or a reset connection: the socket closes by itself.
    socket.on("error", () => {});
    this.#limitFrames(wire.preHelloFrame);
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Bytes handed over that the system did not take yet. */
  get queued(): number {
    return this.#queued;
  }

  /** Whether so much waits that nothing more should be added to it. */
  get full(): boolean {
    return this.#queued > wire.connectionQueue;
  }

  listen(listener: PeerListener): void {
    this.#socket.removeAllListeners("message");
    this.#socket.on("message", (data, isBinary) => {
      this.#alive = true;
      // As ws hands them over: one buffer for each message.
      const message = data as Buffer;
      const flood = this.#intake?.refuse(message.length);
      if (flood !== undefined) listener.onFlood?.(flood);
      else if (isBinary) listener.onBinary();
      else listener.onText(message.toString("utf8"));
    });
  }

  /** Takes what a known device may send; until then frames are small, and few by what they lead to. */
  grant(frame: number, intake: Intake): void {
    this.#limitFrames(frame);
    this.#intake = intake;
  }

  /** Frames above this close the socket (1009). */
  #limitFrames(bytes: number): void {
    // ws fixes the limit when a socket is made, but what may be sent grows once the client is known.
    const receiver = (this.#socket as unknown as { _receiver?: { _maxPayload: number } })._receiver;
    if (receiver) receiver._maxPayload = bytes;
  }

  send(frame: string | Uint8Array): void {
    if (!this.open) return;
    const bytes = typeof frame === "string" ? Buffer.byteLength(frame) : frame.length;
    this.#queued += bytes;
    this.#socket.send(frame, { binary: false }, () => this.#sent(bytes));
    if (this.#queued > limits.connectionCeiling) this.#socket.terminate();
  }

  /** Calls back once, when little waits. */
  whenDrained(callback: () => void): void {
    this.#drained.push(callback);
    if (this.#queued === 0) this.#sent(0);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason.slice(0, 120));
  }

  /** Closes at once, without the closing handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Pings; a peer that said nothing since the last ping is gone. */
  beat(): void {
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    if (this.open) this.#socket.ping();
  }

  #sent(bytes: number): void {
    this.#queued -= bytes;
    if (this.#queued > wire.connectionQueue / 4) return;
    for (const callback of this.#drained.splice(0)) callback();
  }
}

const farewells: Record<Dismissal, [code: number, reason: string]> = {
  restarting: [closeCodes.restarting, "the daemon restarts"],
  revoked: [closeCodes.unauthenticated, "the device was revoked"],
};
