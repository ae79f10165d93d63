import { type Attachment, type Closed, closedWords, type PierConnection, timeLeft } from "@pier/client";
import type { Dialog, DialogAnswer } from "@pier/protocol";
import type { CommandContext } from "../commands/command.ts";
import { limits } from "../limits.ts";
import type { PanelHost } from "../panels/panel-host.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import { type DialogPanel, dialogPanel } from "./dialog-panel.ts";

export interface DialogQueueOptions {
  attachment: Pick<Attachment, "transcript" | "subscribe" | "answer">;
  connection: Pick<PierConnection, "onError" | "reconnectNow">;
  host: PanelHost;
  setting: PanelSetting;
  say: CommandContext["say"];
  /** ms until the person will have paused typing; 0 when they do not type: what is meant for one place must not land in another. */
  quietIn: () => number;
}

interface ShownDialog {
  id: string;
  panel: DialogPanel;
  close: () => void;
}

/** The questions of a session's extensions, put to the person one after the other. */
export class DialogQueue {
  readonly #options: DialogQueueOptions;
  readonly #ends: (() => void)[];
  /** By dialog: what was typed stays, whatever comes between. */
  readonly #panels = new Map<string, DialogPanel>();
  /** Answered here; open until the daemon says otherwise. */
  readonly #sent = new Set<string>();
  #shown: ShownDialog | null = null;
  /** Why the last answer was not taken. */
  #problem = "";
  /** Whether the question that is shown is closed, and only stays until the person has paused. */
  #isOver = false;
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
      connection.onError(() => this.#onError()),
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
    clearTimeout(this.#waiting);
    const isNext = this.#shown !== null && !open.has(this.#shown.id) && this.#end(this.#shown, closed);
    for (const id of this.#panels.keys()) if (!open.has(id)) this.#panels.delete(id);
    for (const id of this.#sent) if (!open.has(id)) this.#sent.delete(id);
    if (this.#isConnected && this.#problem === notConnected) this.#problem = "";
    if (!this.#shown && (isNext || !this.#isTyping())) this.#showNext();
    this.#refresh();
  }

  /** The question that is shown is not open any more. Returns whether that is because it was answered here. */
  #end({ id, panel, close }: ShownDialog, closed: Closed | undefined): boolean {
    const isOwn = this.#sent.has(id);
    if (!isOwn && !this.#isOver) {
      const words = closedWords[closed?.id === id ? closed.reason : "gone"];
      this.#options.say(words);
      panel.note = this.#options.setting.theme.fg("warning", words);
    }
    this.#isOver = !isOwn && this.#isTyping();
    if (this.#isOver) return false;
    this.#shown = null;
    this.#problem = "";
    close();
    return isOwn;
  }

  /** Whether the person types just now; all is looked at again when they have paused. */
  #isTyping(): boolean {
    const wait = this.#options.quietIn();
    if (wait > 0) this.#waiting = setTimeout(() => this.#update(), wait);
    return wait > 0;
  }

  #showNext(): void {
    const [dialog] = this.#open.values();
    if (!dialog) return;
    const { setting, host } = this.#options;
    const { id } = dialog;
    const panel = this.#panels.get(id) ?? dialogPanel(setting, dialog, (answer) => this.#answer(id, answer));
    this.#panels.set(id, panel);
    this.#shown = { id, panel, close: host.show(panel) };
  }

  #answer(id: string, answer: DialogAnswer): void {
    if (this.#sent.has(id) || this.#isOver) return;
    const { attachment, connection } = this.#options;
    if (!this.#isConnected) {
      this.#problem = notConnected;
      connection.reconnectNow();
    } else if ("value" in answer && answer.value.length > limits.answer) {
      this.#problem = `Too long: ${answer.value.length} characters, ${limits.answer} are the most.`;
    } else if (attachment.answer(id, answer)) {
      this.#problem = "";
      this.#sent.add(id);
    }
    this.#refresh();
  }

  /** The daemon may have refused the answer; it can be given again. */
  #onError(): void {
    if (this.#sent.size === 0) return;
    this.#sent.clear();
    this.#problem = "The answer was refused.";
    this.#refresh();
  }

  /** Says how it stands with the question that is shown. */
  #refresh(): void {
    clearTimeout(this.#ticking);
    const dialog = this.#shown && this.#open.get(this.#shown.id);
    if (!this.#shown || !dialog) return;
    const { theme, screen } = this.#options.setting;
    const count = this.#open.size > 1 ? `1 of ${this.#open.size}` : "";
    const left = dialog.deadline === undefined ? "" : `closes in ${timeLeft(dialog.deadline - Date.now())}`;
    const state = this.#sent.has(dialog.id) ? "sending …" : left;
    const parts = [theme.fg("error", this.#problem), theme.fg("muted", count), theme.fg("warning", state)];
    this.#shown.panel.note = parts.filter((part) => part !== "").join(theme.fg("dim", " · "));
    if (dialog.deadline !== undefined)
      this.#ticking = setTimeout(() => this.#refresh(), untilNextSecond(dialog.deadline));
    screen.requestRender();
  }
}

const notConnected = "Not connected: answer again later.";

/** ms until another number of seconds is left. */
function untilNextSecond(deadline: number): number {
  const left = deadline - Date.now();
  return left <= 0 ? 1000 : left % 1000 || 1000;
}
