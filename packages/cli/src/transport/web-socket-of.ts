import type { WebSocketLike } from "@pier/client";
import type { Access } from "../daemon/access.ts";

/** A WebSocket class that several may listen to. */
export type SocketClass = new (url: string) => WebSocketLike & {
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
};

/**
 * The WebSocket class for a daemon; undefined for the usual one.
 *
 * @param onRefused called when the daemon shows another certificate than the one that is known
 */
export async function webSocketOf(
  { fingerprint }: Pick<Access, "fingerprint">,
  onRefused: (error: Error) => void = () => {},
): Promise<SocketClass | undefined> {
  if (fingerprint === undefined) return undefined;
  const { pinnedSocket } = await import("./pinned-socket.ts");
  return pinnedSocket(fingerprint, onRefused);
}
