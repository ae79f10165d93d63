import type { BenchDaemon } from "./bench-daemon.ts";
import type { PiRecord } from "./line-reader.ts";
import { parseFrame, recordsOf, type ServerFrame, Socket } from "./socket.ts";

/** A client that leaves and comes back with its cursor, and keeps the text of the message that is written. */
export class ReturningClient {
  ended = false;
  /** What came since it came last, up to the first frame with events after the answer. */
  bytes = 0;
  readonly #daemon: BenchDaemon;
  readonly #session: string;
  #socket: Socket | undefined;
  #cursor: { epoch: string; seq: number } | undefined;
  #text = "";

  constructor(daemon: BenchDaemon, session: string) {
    this.#daemon = daemon;
    this.#session = session;
  }

  /** Attaches, and resolves once what it missed was sent. */
  async come(): Promise<void> {
    const { url, token } = this.#daemon;
    const answered = Promise.withResolvers<void>();
    const socket = await Socket.open({
      url,
      token,
      onFrame: (bytes) => {
        this.bytes = socket.bytes;
        const frame = parseFrame(bytes) as ServerFrame & { epoch?: string; mode?: string };
        if (frame.type === "attached") this.#onAttached(frame);
        for (const record of recordsOf(frame)) this.#take(record);
        if (this.#cursor && frame.seq !== undefined) this.#cursor.seq = frame.seq;
        if (frame.type !== "attached" || frame.mode === "snapshot") answered.resolve();
      },
    });
    this.#socket = socket;
    socket.send({ type: "attach", session: this.#session, ...(this.#cursor && { cursor: this.#cursor }) });
    await answered.promise;
  }

  leave(): void {
    this.#socket?.close();
  }

  play(workload: object): void {
    this.#socket?.play(this.#session, workload);
  }

  /** The numbers of the deltas that came. */
  numbers(): number[] {
    return this.#text
      .split(";")
      .slice(0, -1)
      .map((each) => parseInt(each, 10));
  }

  #onAttached(frame: ServerFrame & { epoch?: string; mode?: string }): void {
    this.#cursor = { epoch: String(frame.epoch), seq: Number(frame.seq) };
    if (frame.mode !== "snapshot") return;
    this.#text = "";
    for (const record of frame.tail ?? []) this.#take(record);
  }

  #take(record: PiRecord): void {
    if (record.type === "message_update") this.#text += record.assistantMessageEvent?.delta ?? "";
    if (record.type === "agent_settled") this.ended = true;
  }
}
