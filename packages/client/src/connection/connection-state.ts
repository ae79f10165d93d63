import type { Welcome } from "@pier/protocol";
import type { ClientError } from "../client-error.ts";

export type ConnectionState =
  /** A socket is being opened, or waits for its welcome. */
  | { status: "connecting" }
  | { status: "open"; welcome: Welcome }
  /** The next attempt is made at `retryAt` (ms since 1970). */
  | { status: "waiting"; reason: ClientError; retryAt: number }
  /** For good: by `close()`, by its signal, or because another attempt would be refused the same way. */
  | { status: "closed"; reason: ClientError };

export type ConnectionStatus = ConnectionState["status"];
