import { RestClient } from "@pier/client";
import { type ClientEnd, runTerminalClient } from "@pier/tui";
import { commandFor, type Daemon } from "../daemon/daemon.ts";
import type { Io } from "../io.ts";
import type { OpenSession } from "../sessions/open-session.ts";
import { fetchOf } from "../transport/fetch-of.ts";

/** Shows a session in a terminal that can draw. */
export function runClient(io: Io, daemon: Daemon, opened: OpenSession): Promise<ClientEnd> {
  const { url, token, source, host } = daemon;
  return runTerminalClient({
    ...opened,
    rest: new RestClient({ url, token, fetch: fetchOf(daemon) }),
    env: io.env,
    resume: (session) => commandFor(daemon, "resume", session),
    ...(host !== null && source !== "local" && { host }),
  });
}
