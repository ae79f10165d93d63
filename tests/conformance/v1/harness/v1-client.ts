import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { waitFor } from "../../../harness/wait-for.ts";
import type { PiServer } from "./pi-server.ts";

/** A frame of the server. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look at whatever came
export type Frame = Record<string, any>;

type Payload = { type?: unknown; id?: unknown } | undefined;

function isReply(payload: Payload, id: string): boolean {
  return payload?.type === "response" && payload.id === id;
}

/** A client of version 1 that does nothing but what it is told. */
export class V1Client {
  readonly socket: WebSocket;
  /** Everything that came, in order, and as it was written. */
  readonly frames: Frame[] = [];
  readonly texts: string[] = [];
  closing: { code: number; reason: string } | undefined;
  readonly #checks = new Set<() => void>();
  /** Frames before this one were looked at by `next`. */
  #read = 0;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on("message", (data) => {
      const text = (data as Buffer).toString();
      this.texts.push(text);
      this.frames.push(JSON.parse(text) as Frame);
      this.#changed();
    });
    this.socket.on("close", (code, reason) => {
      this.closing = { code, reason: reason.toString() };
      this.#changed();
    });
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  command(payload: object): void {
    this.send({ type: "command", payload });
  }

  /** Sends a command and waits for pi's reply. */
  async ask(payload: object): Promise<Frame> {
    const id = randomUUID();
    this.command({ id, ...payload });
    return (await this.seen(({ payload }) => isReply(payload as Payload, id))).payload as Frame;
  }

  /** Sends a prompt and waits until its turn is over. */
  async turn(message: string): Promise<void> {
    const from = this.frames.length;
    this.command({ type: "prompt", message });
    await this.seen(isEvent("agent_settled"), from);
  }

  /** The first frame, from `from` on, that fits; waits for it. */
  seen(fits: (frame: Frame) => boolean, from = 0): Promise<Frame> {
    let at = from;
    return this.#wait(fits.toString(), () => {
      while (at < this.frames.length && !fits(this.frames[at] as Frame)) at++;
      return this.frames[at];
    });
  }

  /** The next frame that nobody took yet. */
  async next(): Promise<Frame> {
    const frame = await this.#wait("a frame", () => this.frames[this.#read]);
    this.#read++;
    return frame;
  }

  closed(): Promise<{ code: number; reason: string }> {
    return this.#wait("the end", () => this.closing);
  }

  /** Payloads of all events so far. */
  get events(): Frame[] {
    return this.frames.filter(({ type }) => type === "event").map(({ payload }) => payload as Frame);
  }

  /** What numbered frames there are, in order. */
  get seqs(): number[] {
    return this.frames.filter(({ seq }) => seq !== undefined).map(({ seq }) => seq as number);
  }

  #wait<T>(what: string, read: () => T): Promise<NonNullable<T>> {
    return waitFor(read, {
      what,
      subscribe: (check) => {
        this.#checks.add(check);
        return () => this.#checks.delete(check);
      },
      describe: () => [this.closing, ...this.texts.slice(-10).map((text) => text.slice(0, 300))],
    });
  }

  #changed(): void {
    for (const check of this.#checks) check();
  }
}

/** A socket of version 1 that did not say hello yet; closed when the test ends. */
export async function openSocket(server: PiServer, options: ClientOptions & { path?: string } = {}): Promise<V1Client> {
  const { path = "", ...rest } = options;
  const client = new V1Client(server.url + path, rest);
  onTestFinished(() => client.socket.terminate());
  await once(client.socket, "open");
  return client;
}

export function hello(server: PiServer, further: object = {}): object {
  const auth = { type: "bearer", token: server.token("admin") };
  return { type: "hello", protocolVersion: 1, clientId: randomUUID(), auth, ...further };
}

/** A client that was welcomed. */
export async function connect(server: PiServer, further: object = {}): Promise<{ client: V1Client; welcome: Frame }> {
  const client = await openSocket(server);
  client.send(hello(server, further));
  const welcome = await client.next();
  if (welcome.type !== "welcome") throw new Error(`Instead of welcome came ${JSON.stringify(welcome)}`);
  return { client, welcome };
}

export function isEvent(type: string): (frame: Frame) => boolean {
  return (frame) => frame.type === "event" && (frame.payload as Payload)?.type === type;
}

export function isRequest(method: string): (frame: Frame) => boolean {
  return (frame) => frame.type === "extension_ui_request" && frame.method === method;
}

/** The text that deltas make, one block after the other. */
export function streamed(events: readonly Frame[]): string {
  const updates = events.map(({ assistantMessageEvent }) => assistantMessageEvent as { type?: string; delta?: string });
  return updates.map((update) => (update?.type === "text_delta" ? update.delta : "")).join("");
}
