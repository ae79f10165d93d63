import type { Attachment, PierConnection, RestClient } from "@pier/client";
import type { PanelHost } from "../panels/panel-host.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import { sessionActions } from "./session-actions.ts";
import { SessionPanel } from "./session-panel.ts";

export interface SessionContextOptions {
  connection: PierConnection;
  /** The one that is shown. */
  attachment: Pick<Attachment, "session">;
  rest: RestClient;
  env: NodeJS.ProcessEnv;
  /** Where a new session begins; without it, none can be started. */
  folder?: string;
}

/** What commands ask a person about sessions. */
export interface SessionContext {
  /** Lets the person choose another session, or start one; a closed one is opened again. Null when they want none. */
  pickSession(): Promise<string | null>;
}

/** The session picker as a panel of the client. */
export function sessionContext(
  host: PanelHost,
  setting: PanelSetting,
  { connection, attachment, rest, env, folder }: SessionContextOptions,
): SessionContext {
  return {
    async pickSession() {
      const done = Promise.withResolvers<string | null>();
      const sessions = connection.watch();
      const panel = new SessionPanel(setting, {
        sessions,
        actions: sessionActions(rest, folder),
        host,
        env,
        title: "Go to which session?",
        current: attachment.session,
        withClosed: true,
        onDone: done.resolve,
      });
      const close = host.show(panel);
      try {
        return await done.promise;
      } finally {
        panel.close();
        sessions.close();
        close();
      }
    },
  };
}
