import { WebSocket } from "ws";
import { limits } from "../limits.ts";
import { PinnedAgent } from "./pinned-agent.ts";
import type { SocketClass } from "./web-socket-of.ts";

/**
 * A WebSocket class for a daemon whose certificate is known by its fingerprint.
 *
 * @param onRefused called when the daemon shows another certificate
 */
export function pinnedSocket(fingerprint: string, onRefused: (error: Error) => void): SocketClass {
  const agent = new PinnedAgent(fingerprint);
  class PinnedSocket extends WebSocket {
    constructor(url: string) {
      super(url, { agent, perMessageDeflate: false, handshakeTimeout: limits.connect });
      this.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "CERTIFICATE_CHANGED") onRefused(error);
      });
    }
  }
  return PinnedSocket;
}
