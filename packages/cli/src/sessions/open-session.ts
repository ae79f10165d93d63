import { type Attachment, ClientError, connect, type PierConnection } from "@pier/client";
import type { Window } from "@pier/protocol";
import type { Access } from "../daemon/access.ts";
import { type SocketClass, webSocketOf } from "../transport/web-socket-of.ts";
import { cliVersion } from "../version.ts";

export interface OpenOptions {
  window?: Window;
  /** Puts something around the WebSocket class. */
  wrap?: (WebSocket: SocketClass) => SocketClass;
  /** ms within which the daemon joins neighbouring deltas. */
  coalesce?: number;
  /** Closes the connection. */
  signal?: AbortSignal;
}

export interface OpenSession {
  connection: PierConnection;
  attachment: Attachment;
}

/**
 * Begins to connect to a daemon. A certificate that changes while connected closes the connection.
 *
 * @param onRefused called with that change
 */
export async function openConnection(
  access: Access,
  { wrap, coalesce, signal }: OpenOptions = {},
  onRefused: (error: Error) => void = () => {},
): Promise<PierConnection> {
  const refused = new AbortController();
  const own = await webSocketOf(access, (error) => {
    onRefused(error);
    refused.abort();
  });
  const WebSocket = wrap ? wrap(own ?? globalThis.WebSocket) : own;
  return connect({
    url: access.url,
    client: { name: "pier", version: cliVersion },
    signal: signal ? AbortSignal.any([signal, refused.signal]) : refused.signal,
    ...(access.token !== undefined && { token: access.token }),
    ...(WebSocket && { WebSocket }),
    ...(coalesce !== undefined && { coalesce }),
  });
}

/**
 * Attaches to a session. Only the first connection may fail; later ones come back by themselves.
 *
 * @throws ClientError `NO_WELCOME` when the daemon does not answer; others when it refuses
 */
export async function openSession(
  connection: PierConnection,
  session: string,
  { window }: OpenOptions = {},
): Promise<OpenSession> {
  await firstWelcome(connection);
  const attachment = connection.attach(session, window && { window });
  await attachment.ready;
  return { connection, attachment };
}

/** Trying again and again is right for what worked once; before that, it hides a wrong address. */
async function firstWelcome(connection: PierConnection): Promise<void> {
  let stop = (): void => {};
  const failed = new Promise<never>((_, reject) => {
    const look = ({ state }: PierConnection): void => {
      if (state.status !== "waiting") return;
      const { reason } = state;
      const silent = reason.code === "CONNECTION_LOST";
      reject(silent ? new ClientError("NO_WELCOME", "The daemon gave no welcome.", { cause: reason }) : reason);
    };
    stop = connection.onState(() => look(connection));
    look(connection);
  });
  try {
    await Promise.race([connection.ready, failed]);
  } finally {
    stop();
  }
}
