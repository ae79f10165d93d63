import type { IncomingHttpHeaders } from "node:http";
import type { Peer } from "./peer.ts";
import type { SocketDevice } from "./socket-auth.ts";

/** Another protocol that begins with a `hello` of its own version. It answers, and closes, by itself. */
export interface Dialect {
  /** @param device who is at the other end, when the upgrade said so */
  start(peer: Peer, firstFrame: string, device: SocketDevice | null, door: Door): void;
  /**
   * The answer to a first frame that begins no protocol spoken here, when it looks like this dialect's; otherwise
   * undefined. Without a close code the client may try again.
   *
   * @param frame parsed; undefined when it is not JSON
   */
  refuse?(frame: unknown): Refusal | undefined;
}

export interface Refusal {
  /** The error as a frame. */
  error: string;
  close?: { code: number; reason: string };
}

/** What a dialect may learn of the upgrade, and how it takes a place for a device that only `hello` named. */
export interface Door {
  headers: IncomingHttpHeaders;
  /** The other end of the TCP connection itself, whatever a proxy says of its clients. */
  remoteAddress: string | undefined;
  /** Counts the connection for a device. Returns why it is one too many, in one sentence; undefined when it is not. */
  admit(device: SocketDevice): string | undefined;
  /** From now on the peer may send what the device may. */
  grant(device: SocketDevice): void;
}

/** Whose `hello` a frame is; undefined when it is none of a version spoken here. */
export function chosen(frame: unknown, dialects: ReadonlyMap<number, Dialect>): Dialect | "ours" | undefined {
  const { type, protocolVersion } = (frame ?? {}) as { type?: unknown; protocolVersion?: unknown };
  if (type !== "hello" || typeof protocolVersion !== "number") return undefined;
  return protocolVersion === 2 ? "ours" : dialects.get(protocolVersion);
}

/** What the first dialect that recognises a frame answers to it. */
export function refusalOf(frame: unknown, dialects: ReadonlyMap<number, Dialect>): Refusal | undefined {
  for (const dialect of dialects.values()) {
    const refusal = dialect.refuse?.(frame);
    if (refusal) return refusal;
  }
  return undefined;
}
