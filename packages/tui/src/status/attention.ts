import type { Transcript } from "@pier/client";
import type { Terminal } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";
import { Bell } from "./bell.ts";
import { folderForms } from "./folder-text.ts";
import { TerminalTitle } from "./terminal-title.ts";

/** Tells somebody who looks elsewhere how a session stands: by the title of the terminal, and by its bell. */
export class Attention {
  readonly #title: TerminalTitle;
  readonly #bell: Bell;
  /** Whether this program has the terminal. */
  #here = false;
  /** As it was when somebody was called, or need not be. */
  #called = { running: false, dialogs: 0 };

  constructor(terminal: Terminal, env: NodeJS.ProcessEnv) {
    this.#title = new TerminalTitle(terminal, env);
    this.#bell = new Bell(terminal, env);
  }

  begin(): void {
    this.#here = true;
  }

  /** Gives the title back: another program has the terminal from now on. */
  end(): void {
    this.#here = false;
    this.#title.restore();
  }

  /** Takes how it stands for known. */
  know({ live, ui }: Transcript): void {
    this.#called = { running: live.running, dialogs: ui.dialogs.size };
  }

  /** Shows how it stands in the title. */
  show(transcript: Transcript): void {
    if (!this.#here) return;
    const { ui, live, caughtUp } = transcript;
    const mark = ui.dialogs.size > 0 ? "● " : live.running && caughtUp ? "… " : "";
    this.#title.show(mark + neutraliseLine(ui.title ?? `pier · ${nameOf(transcript)}`));
  }

  /** Calls somebody who is away when a turn has ended or a question came. */
  call(transcript: Transcript, away: boolean): void {
    if (!transcript.caughtUp) return;
    const before = this.#called;
    this.know(transcript);
    if (!this.#here || !away) return;
    const { running, dialogs } = this.#called;
    if (dialogs > before.dialogs) this.#bell.ring(`pier ${nameOf(transcript)}: a question waits for you`);
    else if (before.running && !running) this.#bell.ring(`pier ${nameOf(transcript)}: the turn has ended`);
  }
}

function nameOf({ info, session }: Transcript): string {
  return info?.name ?? (info ? folderForms(info.cwd, undefined).at(-1) : undefined) ?? session.slice(0, 8);
}
