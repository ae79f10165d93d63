import type { ClientEnd } from "@pier/tui";
import type { Daemon } from "../daemon/daemon.ts";
import type { Io } from "../io.ts";
import type { OpenSession } from "../sessions/open-session.ts";
import { PlainClient } from "./plain-client.ts";

/** Shows a session as plain text. */
export async function runClient(io: Io, daemon: Daemon, opened: OpenSession): Promise<ClientEnd> {
  const client = new PlainClient(io, daemon, opened);
  const leave = (): void => client.leave();
  process.once("SIGTERM", leave).once("SIGHUP", leave);
  try {
    return await client.ended;
  } finally {
    process.off("SIGTERM", leave).off("SIGHUP", leave);
    client.close();
  }
}
