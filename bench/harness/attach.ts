import type { BenchDaemon } from "./bench-daemon.ts";
import { parseFrame, type ServerFrame, Socket } from "./socket.ts";

export interface Attaching {
  /** From opening the socket until the whole of the state was there, parsed. */
  ms: number;
  /** On the wire, the greeting included. */
  bytes: number;
  messages: number;
  before: string | undefined;
}

/** Connects, says hello, attaches, and leaves again. */
export async function attachOnce(daemon: BenchDaemon, session: string): Promise<Attaching> {
  const arrived = Promise.withResolvers<ServerFrame>();
  const start = performance.now();
  const socket = await Socket.open({
    url: daemon.url,
    token: daemon.token,
    onFrame(bytes) {
      const frame = parseFrame(bytes);
      if (frame.type === "attached") arrived.resolve(frame);
      if (frame.type === "error") arrived.reject(new Error(bytes.toString()));
    },
  });
  socket.send({ type: "attach", session });
  const { messages = [], before } = await arrived.promise;
  const ms = performance.now() - start;
  const { bytes } = socket;
  socket.close();
  return { ms, bytes, messages: messages.length, before };
}

/** Bytes of an older page. */
export async function pageBytes(daemon: BenchDaemon, session: string, before: string): Promise<number> {
  const arrived = Promise.withResolvers<number>();
  const socket = await Socket.open({
    url: daemon.url,
    token: daemon.token,
    onFrame: (bytes) => arrived.resolve(bytes.length),
  });
  socket.send({ type: "history", session, before });
  const bytes = await arrived.promise;
  socket.close();
  return bytes;
}
