import type { Attachment, PierConnection, RestClient } from "@pier/client";
import type { CommandContext } from "../commands/command.ts";
import type { PanelHost } from "../panels/panel-host.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import { sessionActions } from "./session-actions.ts";
import { SessionPanel } from "./session-panel.ts";

export interface SessionContextOptions {
  connection: PierConnection;
  /** The session that is shown now. */
  attachment: () => Attachment;
  rest: RestClient;
  env: NodeJS.ProcessEnv;
}

/** The session picker as a panel of the client. */
export function sessionContext(
  host: PanelHost,
  setting: PanelSetting,
  { connection, attachment, rest, env }: SessionContextOptions,
): Pick<CommandContext, "pickSession"> {
  return {
    async pickSession() {
      const { session, transcript } = attachment();
      const done = Promise.withResolvers<string | null>();
      const sessions = connection.watch();
      const panel = new SessionPanel(setting, {
        sessions,
        actions: sessionActions(rest, transcript.info?.cwd),
        host,
        env,
        title: "Go to which session?",
        current: session,
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
