import type { BenchDaemon } from "./bench-daemon.ts";
import { parseFrame, recordsOf, Socket } from "./socket.ts";
import { waitUntil } from "./wait-until.ts";

/** What one reply took on the wire. */
export interface Reply {
  frames: number;
  bytes: number;
  /** Only the frames with deltas. */
  streaming: { frames: number; bytes: number };
}

/** Watches the replies of a session as one client that lets deltas be joined. */
export class ReplyWatch {
  readonly #session: string;
  #socket: Socket | undefined;
  #streaming = { frames: 0, bytes: 0 };
  #attached = false;
  #settled = false;

  private constructor(session: string) {
    this.#session = session;
  }

  static async open(daemon: BenchDaemon, session: string): Promise<ReplyWatch> {
    const watch = new ReplyWatch(session);
    const { url, token } = daemon;
    watch.#socket = await Socket.open({ url, token, coalesce: 50, onFrame: (bytes) => watch.#take(bytes) });
    watch.#socket.send({ type: "attach", session });
    await waitUntil("attaching", () => watch.#attached);
    return watch;
  }

  /** Sends a prompt and waits for the end of its turn. */
  async prompt(message: string): Promise<Reply> {
    const socket = this.#socket as Socket;
    const { frames, bytes } = socket;
    this.#streaming = { frames: 0, bytes: 0 };
    this.#settled = false;
    socket.command(this.#session, { type: "prompt", message });
    await waitUntil("the end of the turn", () => this.#settled);
    return { frames: socket.frames - frames, bytes: socket.bytes - bytes, streaming: this.#streaming };
  }

  close(): void {
    this.#socket?.close();
  }

  #take(bytes: Buffer): void {
    const frame = parseFrame(bytes);
    this.#attached ||= frame.type === "attached";
    const records = recordsOf(frame);
    if (records.some(({ type }) => type === "message_update")) {
      this.#streaming.frames++;
      this.#streaming.bytes += bytes.length;
    }
    this.#settled ||= records.some(({ type }) => type === "agent_settled");
  }
}
