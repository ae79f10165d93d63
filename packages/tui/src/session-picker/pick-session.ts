import type { PierConnection, RestClient } from "@pier/client";
import { Keys } from "../editor/keys.ts";
import { readOwnKeys } from "../editor/own-keys.ts";
import { PanelHost } from "../panels/panel-host.ts";
import { ProcessTerminal, type Terminal } from "../pi-tui/index.ts";
import { onProcessEnd } from "../screen/on-process-end.ts";
import { Screen } from "../screen/screen.ts";
import { ThemeControl } from "../theme/theme-control.ts";
import { sessionActions } from "./session-actions.ts";
import { SessionPanel } from "./session-panel.ts";

export interface PickSessionOptions {
  connection: PierConnection;
  rest: RestClient;
  env: NodeJS.ProcessEnv;
  /** Where a new session begins; without it, none can be started. */
  folder?: string;
  terminal?: Terminal;
}

/**
 * Lets the person choose one of the open sessions in this process's terminal, which is left as it was.
 *
 * @returns the session's id; null when the person wants none
 * @throws ClientError when the daemon refuses for good
 */
export async function pickSession(options: PickSessionOptions): Promise<string | null> {
  const { connection, rest, env, folder, terminal = new ProcessTerminal() } = options;
  const done = Promise.withResolvers<string | null>();
  const host = new PanelHost((panel) => {
    screen.setFocus(panel);
    screen.requestRender();
  });
  const screen = new Screen(terminal, {
    scrollback: { render: () => [], dropAbove: () => 0, restore: () => {} },
    dock: { render: (width) => ({ rows: host.current?.render(width) ?? [], covering: 0 }) },
  });
  const colours = new ThemeControl(env);
  const keys = new Keys(readOwnKeys(env).keys);
  keys.install();
  const setting = { theme: colours.theme, screen, keys };
  const sessions = connection.watch();
  const panel = new SessionPanel(setting, {
    sessions,
    actions: sessionActions(rest, folder),
    host,
    env,
    title: "Attach to which session?",
    onDone: done.resolve,
  });
  const close = host.show(panel);
  const endState = connection.onState((state) => {
    if (state.status === "closed") done.reject(state.reason);
  });
  const endProcess = onProcessEnd(screen, () => done.resolve(null));
  screen.start();
  const { first, stop } = colours.follow(screen, () => screen.redraw());
  try {
    return await done.promise;
  } finally {
    endState();
    stop();
    panel.close();
    sessions.close();
    close();
    screen.renderNow();
    // An answer of the terminal that came later would be taken for typed text.
    await first;
    await terminal.drainInput();
    screen.stop();
    endProcess();
  }
}
