import type { Attachment, PierConnection } from "@pier/client";
import type { Dialog, DialogAnswer } from "@pier/protocol";
import type { CommandContext } from "../commands/command.ts";
import { limits } from "../limits.ts";
import type { PanelHost } from "../panels/panel-host.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import { neutraliseLine } from "../text/index.ts";
import { type Closed, closedWords } from "./closed-words.ts";
import { type DialogPanel, dialogPanel } from "./dialog-panel.ts";
import { timeLeft } from "./time-left.ts";

export interface DialogQueueOptions {
  attachment: Attachment;
  connection: Pick<PierConnection, "onError">;
  host: PanelHost;
  setting: PanelSetting;
  say: CommandContext["say"];
  /** ms until the person will have paused typing; 0 when they do not type: what is meant for the editor must not answer a question. */
  quietIn: () => number;
}

/** The questions of a session's extensions, put to the person one after the other. */
export class DialogQueue {
  readonly #options: DialogQueueOptions;
  readonly #ends: (() => void)[];
  /** By dialog: what was typed stays, whatever comes between. */
  readonly #panels = new Map<string, DialogPanel>();
  /** Answered here; open until the daemon says otherwise. */
  readonly #sent = new Set<string>();
  #shown: { id: string; close: () => void } | null = null;
  /** Why the last answer was not taken. */
  #problem = "";
  #waiting: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

  constructor(options: DialogQueueOptions) {
    this.#options = options;
    const { attachment, connection } = options;
    this.#ends = [
      attachment.subscribe((change) => {
        if (change.kind === "ui") this.#update(change.closed);
        else if (change.kind === "reset" || change.kind === "status") this.#update();
      }),
      connection.onError((error) => this.#onError(error.message)),
    ];
    this.#update();
  }

  /** Shows no questions any more. */
  close(): void {
    for (const end of this.#ends) end();
    clearTimeout(this.#waiting);
    clearTimeout(this.#ticking);
    this.#shown?.close();
    this.#shown = null;
  }

  get #open(): ReadonlyMap<string, Dialog> {
    return this.#options.attachment.transcript.ui.dialogs;
  }

  get #isConnected(): boolean {
    return this.#options.attachment.transcript.status === "live";
  }

  /** Looks at what is open now. */
  #update(closed?: Closed): void {
    const open = this.#open;
    const shown = this.#shown;
    if (shown && !open.has(shown.id)) {
      if (!this.#sent.has(shown.id)) {
        this.#options.say(closedWords[closed?.id === shown.id ? closed.reason : "gone"]);
      }
      this.#shown = null;
      this.#problem = "";
      shown.close();
    }
    for (const id of this.#panels.keys()) if (!open.has(id)) this.#panels.delete(id);
    for (const id of this.#sent) if (!open.has(id)) this.#sent.delete(id);
    if (this.#isConnected && this.#problem === notConnected) this.#problem = "";
    if (!this.#shown) this.#showNext();
    this.#refresh();
  }

  #showNext(): void {
    clearTimeout(this.#waiting);
    const [dialog] = this.#open.values();
    if (!dialog) return;
    const { setting, host } = this.#options;
    const wait = this.#options.quietIn();
    if (wait > 0) {
      this.#waiting = setTimeout(() => this.#update(), wait);
      return;
    }
    const { id } = dialog;
    const panel = this.#panels.get(id) ?? dialogPanel(setting, dialog, (answer) => this.#answer(id, answer));
    this.#panels.set(id, panel);
    this.#shown = { id, close: host.show(panel) };
  }

  #answer(id: string, answer: DialogAnswer): void {
    if (this.#sent.has(id)) return;
    const { attachment, say } = this.#options;
    if (!this.#isConnected) this.#problem = notConnected;
    else if ("value" in answer && answer.value.length > limits.answer) {
      this.#problem = `Too long: ${answer.value.length} characters, ${limits.answer} are the most.`;
    } else if (attachment.answer(id, answer)) {
      this.#problem = "";
      this.#sent.add(id);
    } else say(closedWords.answered);
    this.#refresh();
  }

  /** The daemon may have refused the answer; it can be given again. */
  #onError(message: string): void {
    if (this.#sent.size === 0) return;
    this.#sent.clear();
    this.#problem = neutraliseLine(message);
    this.#refresh();
  }

  /** Says how it stands with the question that is shown. */
  #refresh(): void {
    const dialog = this.#shown && this.#open.get(this.#shown.id);
    const panel = dialog && this.#panels.get(dialog.id);
    clearTimeout(this.#ticking);
    if (!panel) return;
    const { theme, screen } = this.#options.setting;
    const count = this.#open.size > 1 ? `1 of ${this.#open.size}` : "";
    const left = dialog.deadline === undefined ? "" : `closes in ${timeLeft(dialog.deadline - Date.now())}`;
    const state = this.#sent.has(dialog.id) ? "sending …" : left;
    const parts = [theme.fg("error", this.#problem), theme.fg("muted", count), theme.fg("warning", state)];
    panel.note = [this.#problem, count, state].flatMap((text, at) => (text === "" ? [] : [parts[at]])).join(" · ");
    if (dialog.deadline !== undefined)
      this.#ticking = setTimeout(() => this.#refresh(), untilNextSecond(dialog.deadline));
    screen.requestRender();
  }
}

const notConnected = "Not connected: answer when the connection is back.";

/** ms until another number of seconds is left. */
function untilNextSecond(deadline: number): number {
  const left = deadline - Date.now();
  return left <= 0 ? 1000 : left % 1000 || 1000;
}
