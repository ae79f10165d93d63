import { WebSocket } from "ws";
import type { PiRecord } from "./line-reader.ts";

export interface SocketOptions {
  url: string;
  token: string;
  /** ms within which deltas are joined. */
  coalesce?: number;
  onFrame(bytes: Buffer): void;
}

/** A client of protocol version 2 that does nothing but what a workload asks for. */
export class Socket {
  readonly socket: WebSocket;
  /** What came so far. */
  frames = 0;
  bytes = 0;

  private constructor(options: SocketOptions) {
    this.socket = new WebSocket(`${options.url.replace("http", "ws")}/ws`, {
      perMessageDeflate: false,
      maxPayload: 256 * 1024 * 1024,
    });
    this.socket.on("message", (data) => {
      const bytes = data as Buffer;
      this.frames++;
      this.bytes += bytes.length;
      options.onFrame(bytes);
    });
  }

  /** Connects and says hello. */
  static open(options: SocketOptions): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const opened = new Socket({
        ...options,
        onFrame: (bytes) => {
          if (opened.frames > 1) options.onFrame(bytes);
          else resolve(opened);
        },
      });
      opened.socket.once("error", reject);
      opened.socket.once("open", () => {
        const { token, coalesce } = options;
        const client = { name: "bench", version: "0" };
        opened.send({
          type: "hello",
          protocolVersion: 2,
          clientId: crypto.randomUUID(),
          client,
          auth: { token },
          ...(coalesce && { coalesce }),
        });
      });
    });
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  command(session: string, payload: { type: string; [member: string]: unknown }): void {
    this.send({ type: "command", session, payload: { id: crypto.randomUUID(), ...payload } });
  }

  play(session: string, workload: object): void {
    this.command(session, { type: "prompt", message: JSON.stringify(workload) });
  }

  close(): void {
    this.socket.terminate();
  }
}

/** A frame of the daemon, as far as a workload looks at it. */
export interface ServerFrame {
  type: string;
  seq?: number;
  payload?: PiRecord;
  payloads?: PiRecord[];
  messages?: { key: string; message: unknown }[];
  before?: string;
  tail?: PiRecord[];
}

/** Parses a frame. */
export function parseFrame(bytes: Buffer): ServerFrame {
  return JSON.parse(bytes.toString()) as ServerFrame;
}

/** The records of an event frame; none of any other frame. */
export function recordsOf(frame: ServerFrame): readonly PiRecord[] {
  if (frame.type === "events") return frame.payloads ?? [];
  return frame.type === "event" && frame.payload ? [frame.payload] : [];
}
