import type { IncomingMessage } from "node:http";
import type { Auth } from "./auth/index.ts";
import { RateLimited } from "./auth/index.ts";
import type { SocketAuth } from "./websocket/socket-auth.ts";

/** The doors as a socket asks for them. */
export function socketAuth(auth: Auth): SocketAuth {
  return {
    checkUpgrade(request: IncomingMessage) {
      const { headers, method = "GET" } = request;
      const verdict = auth.checkRequest({
        method,
        headers,
        remoteAddress: request.socket.remoteAddress,
        upgrade: true,
      });
      if (!verdict.ok) return verdict;
      const { address } = verdict;
      try {
        const device = auth.authenticate(headers, verdict);
        if (device) return { device, address };
      } catch (error) {
        if (error instanceof RateLimited) return { status: 429, code: error.code, message: error.message };
        throw error;
      }
      // A page shows its cookie now or never; a program may send its token in hello.
      if (headers.origin !== undefined || headers.authorization !== undefined) {
        return { status: 401, code: "UNAUTHENTICATED", message: "No valid credential was shown: sign in first." };
      }
      return { device: null, address };
    },
    authenticateToken: (token, address) => auth.authenticateToken(token, address),
    onRevoked: (listener) => auth.onRevoked(listener),
  };
}
