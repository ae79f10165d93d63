import { type Attachment, connect, type PierConnection, type WebSocketConstructor } from "@pier/client";
import type { Window } from "@pier/protocol";
import { CliError } from "../cli-error.ts";
import { cliVersion } from "../version.ts";

export interface OpenOptions {
  window?: Window;
  WebSocket?: WebSocketConstructor;
  /** ms within which the daemon joins neighbouring deltas. */
  coalesce?: number;
}

export interface OpenSession {
  connection: PierConnection;
  attachment: Attachment;
  close: () => void;
}

/**
 * Connects to a daemon and attaches to a session. Only the first connection may fail; later ones come back by themselves.
 *
 * @throws CliError when the daemon does not answer; ClientError when it refuses
 */
export async function openSession(
  { url, token }: { url: string; token: string },
  session: string,
  { window, WebSocket, coalesce }: OpenOptions = {},
): Promise<OpenSession> {
  const connection = connect({
    url,
    token,
    client: { name: "pier", version: cliVersion },
    ...(WebSocket && { WebSocket }),
    ...(coalesce !== undefined && { coalesce }),
  });
  try {
    await firstWelcome(connection, url);
    const attachment = connection.attach(session, window && { window });
    await attachment.ready;
    return { connection, attachment, close: () => connection.close() };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Trying again and again is right for what worked once; before that, it hides a wrong address. */
async function firstWelcome(connection: PierConnection, url: string): Promise<void> {
  let stop = (): void => {};
  const failed = new Promise<never>((_, reject) => {
    stop = connection.onState((state) => {
      if (state.status !== "waiting") return;
      reject(
        new CliError(`No daemon answers at ${url}: is the address right, and does \`pier serve\` run there?`, {
          cause: state.reason,
        }),
      );
    });
  });
  try {
    await Promise.race([connection.ready, failed]);
  } finally {
    stop();
  }
}
