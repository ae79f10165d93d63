import type { ClientFrame, Hello, ServerFrame, Welcome } from "@pier/protocol";
import { closeCodes, parseServerFrame } from "@pier/protocol/runtime";
import { ClientError } from "../client-error.ts";
import { limits } from "../limits.ts";
import type { Timers } from "../timers.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type LinkEnd, linkEnd } from "./link-end.ts";
import type { WebSocketConstructor, WebSocketLike } from "./web-socket.ts";

export interface LinkOptions {
  address: string;
  WebSocket: WebSocketConstructor;
  hello: Hello;
  timers: Timers;
  onWelcome(welcome: Welcome): void;
  /** A frame after `welcome`. What it throws ends the link. */
  onFrame(frame: ServerFrame): void;
  /** Called once, never from within a call of this class, when the socket is gone. Not after `close`. */
  onEnd(end: LinkEnd): void;
}

/** One socket from its opening to its end: says hello, waits for the welcome, keeps the heartbeat. */
export class Link {
  readonly #options: LinkOptions;
  #socket: WebSocketLike | undefined;
  #heartbeat: Heartbeat | undefined;
  #timer: unknown;
  #refusal: { code: string; message: string } | undefined;
  /** Why this side gave up; the end waits until the socket is closed. */
  #failure: LinkEnd | undefined;
  #ended = false;
  /** What to do when the pongs come: they come in the order of the pings. */
  #pongs: (() => void)[] = [];

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#wait(limits.welcome, () => this.drop(lost(`No welcome came within ${limits.welcome} ms.`)));
    try {
      this.#socket = new options.WebSocket(options.address);
    } catch (cause) {
      this.#wait(0, () =>
        this.#end({ error: lost(`A socket could not be made: ${String(cause)}.`, cause), fatal: false }),
      );
      return;
    }
    this.#listen(this.#socket);
  }

  /** @returns whether the frame was handed to an open, welcomed socket */
  send(text: string): boolean {
    if (!this.#heartbeat) return false;
    this.#socket?.send(text);
    return true;
  }

  /** Calls back when everything that the daemon had sent before it saw this call was received. */
  roundTrip(done: () => void): void {
    if (this.send(pingText)) this.#pongs.push(done);
  }

  /** Ends the link soon if the other side is gone: after `wait` ms without a word. */
  probe(wait?: number): void {
    this.#heartbeat?.probe(wait);
  }

  /** Gives up; `onEnd` follows when the socket is closed, or was given time enough for it. */
  drop(error: ClientError, fatal = false): void {
    if (this.#ended || this.#failure) return;
    this.#failure = { error, fatal };
    this.#stop();
    this.#wait(limits.closing, () => this.#end());
    this.#hangUp(error.code === "BAD_FRAME" ? closeCodes.badFrame : 4000, error.code);
  }

  /** Ends the link; nothing is called back any more. */
  close(): void {
    this.#ended = true;
    this.#stop();
    if (this.#socket) this.#socket.onclose = null;
    this.#hangUp(1000, "");
  }

  #listen(socket: WebSocketLike): void {
    socket.onopen = () => {
      // From here on the close says more than the error before it.
      socket.onerror = () => {};
      socket.send(JSON.stringify(this.#options.hello satisfies ClientFrame));
    };
    socket.onmessage = (event: { data: unknown }) => this.#receive(event.data);
    socket.onclose = (event: { code: number; reason: string }) => this.#end(linkEnd(event, this.#refusal));
    // Node 22's socket says only this when it could not connect; a close never follows.
    socket.onerror = (event: { message?: unknown }) => this.#failToConnect(event.message);
  }

  #failToConnect(message: unknown): void {
    const why = typeof message === "string" && message !== "" ? `: ${message}` : "";
    this.#hangUp(1000, "");
    this.#end({ error: lost(`The connection could not be opened${why}.`), fatal: false });
  }

  #receive(data: unknown): void {
    this.#heartbeat?.heard();
    try {
      if (typeof data !== "string")
        throw new ClientError("BAD_FRAME", "The server sent a binary message: frames are text.");
      const frame = parseServerFrame(data);
      if (frame) this.#handle(frame);
    } catch (error) {
      this.drop(asClientError(error));
    }
  }

  #handle(frame: ServerFrame): void {
    if (this.#heartbeat) {
      if (frame.type === "pong") this.#pongs.shift()?.();
      else if (frame.type !== "welcome") this.#options.onFrame(frame);
    } else if (frame.type === "error") {
      this.#refusal = { code: frame.code, message: frame.message };
    } else if (frame.type === "welcome") {
      this.#handleWelcome(frame);
    }
  }

  #handleWelcome(welcome: Welcome): void {
    const version: unknown = welcome.protocolVersion;
    if (version !== this.#options.hello.protocolVersion) {
      const message = `The server speaks protocol version ${String(version)}, this client ${this.#options.hello.protocolVersion}.`;
      this.drop(new ClientError("INCOMPATIBLE_PROTOCOL", message), true);
      return;
    }
    const granted: unknown = welcome.limits;
    if (typeof granted !== "object" || granted === null) {
      throw new ClientError("BAD_FRAME", "The server sent welcome whose limits is not an object.");
    }
    this.#options.timers.clearTimeout(this.#timer);
    this.#heartbeat = new Heartbeat({
      timers: this.#options.timers,
      ping: () => this.roundTrip(() => {}),
      onSilent: () => this.drop(lost("The server stopped answering.")),
    });
    this.#options.onWelcome(welcome);
  }

  #hangUp(code: number, reason: string): void {
    const socket = this.#socket;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    // Without a listener some sockets throw what closing them early makes of itself.
    socket.onerror = () => {};
    socket.close(code, reason);
  }

  #stop(): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    this.#pongs = [];
  }

  #end(end?: LinkEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stop();
    if (this.#socket) this.#socket.onclose = null;
    this.#options.onEnd((this.#failure ?? end) as LinkEnd);
  }

  #wait(ms: number, run: () => void): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#timer = this.#options.timers.setTimeout(run, ms);
  }
}

const pingText = JSON.stringify({ type: "ping" } satisfies ClientFrame);

function lost(message: string, cause?: unknown): ClientError {
  return new ClientError("CONNECTION_LOST", message, { cause });
}

function asClientError(error: unknown): ClientError {
  if (error instanceof ClientError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ClientError("BAD_FRAME", message, { cause: error });
}
