import type { CommandContext } from "../commands/command.ts";
import { AskPanel } from "./ask-panel.ts";
import { ConfirmPanel } from "./confirm-panel.ts";
import type { PanelHost } from "./panel-host.ts";
import type { PanelSetting } from "./panel-setting.ts";
import type { Panel } from "./panel.ts";
import { PickPanel } from "./pick-panel.ts";
import { frameTime, WaitPanel } from "./wait-panel.ts";

/** What commands ask a person by panels. */
export function panelContext(
  host: PanelHost,
  setting: PanelSetting,
): Pick<CommandContext, "pick" | "ask" | "confirm" | "wait"> {
  /** Shows a panel until it is done. */
  const ask = <A>(make: (done: (answer: A) => void) => Panel): Promise<A> =>
    new Promise((resolve) => {
      const close = host.show(
        make((answer) => {
          close();
          resolve(answer);
        }),
      );
    });
  return {
    pick: (options) => ask((onDone) => new PickPanel(setting, options, { onDone })),
    async ask(options) {
      const line = await ask<string | null>((onDone) => new AskPanel(setting, options, { onDone }));
      return line?.trim() ? line : null;
    },
    async confirm(options) {
      return (await ask<boolean | null>((onDone) => new ConfirmPanel(setting, options, { onDone }))) === true;
    },
    wait: (text, work) => wait(host, setting, { text, work }),
  };
}

interface Waiting<T> {
  text: string;
  work: (signal: AbortSignal) => Promise<T>;
}

/** The first Esc asks the work to stop, the second one no longer waits for it. */
async function wait<T>(host: PanelHost, setting: PanelSetting, { text, work }: Waiting<T>): Promise<T> {
  const aborter = new AbortController();
  const left = Promise.withResolvers<never>();
  const panel = new WaitPanel(setting, text, {
    onStop() {
      if (aborter.signal.aborted) return left.reject(aborter.signal.reason);
      panel.stopping = true;
      aborter.abort(new Error(`Stopped: ${text}`));
    },
  });
  let close = (): void => {};
  // What is done at once needs no words.
  const show = setTimeout(() => (close = host.show(panel)), shownAfter);
  const tick = setInterval(() => setting.screen.requestRender(), frameTime);
  try {
    return await Promise.race([work(aborter.signal), left.promise]);
  } finally {
    clearTimeout(show);
    clearInterval(tick);
    close();
  }
}

/** ms */
const shownAfter = 150;
