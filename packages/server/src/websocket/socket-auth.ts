import type { IncomingMessage } from "node:http";
import type { Scope } from "@pier/protocol";

/** Who is at the other end of a socket. */
export interface SocketDevice {
  id: string;
  name: string;
  scope: Scope;
}

/** What a socket asks of the doors. */
export interface SocketAuth {
  /**
   * Decides about an upgrade before anything else is done for it. `device` is null when the credential must come in
   * `hello`.
   */
  checkUpgrade(
    request: IncomingMessage,
  ): { device: SocketDevice | null; address: string } | { status: number; code: string; message: string };
  /** The device of a token sent in `hello`; null when it is none. @throws PierError `RATE_LIMITED` */
  authenticateToken(token: string, address: string): SocketDevice | null;
  /** Calls back when a device is revoked; the returned function ends that. */
  onRevoked(listener: (deviceId: string) => void): () => void;
}
