import type { Attachment, PierConnection, RestClient } from "@pier/client";
import { ProcessTerminal } from "../pi-tui/index.ts";
import { TerminalClient } from "./terminal-client.ts";

export interface TerminalClientOptions {
  connection: PierConnection;
  attachment: Attachment;
  rest: RestClient;
  env: NodeJS.ProcessEnv;
  /** The machine's name when the daemon is on another one. */
  host?: string | undefined;
  /** The command that opens a closed session again; `pier resume …` when absent. */
  resume?: (session: string) => string;
}

/** How the client ended. */
export interface ClientEnd {
  /** What to say of it; null when the person left by themselves. */
  reason: string | null;
  failed: boolean;
  /** The session that was shown last. */
  session: string;
}

/** Shows a session in this process's terminal until the person leaves, or it is gone. */
export async function runTerminalClient(options: TerminalClientOptions): Promise<ClientEnd> {
  const client = new TerminalClient(new ProcessTerminal(), options);
  try {
    return await client.ended;
  } finally {
    await client.close();
  }
}
