import type { Attachment, Change } from "@pier/client";
import { PromptEditor } from "../editor/prompt-editor.ts";
import { type Terminal, truncateToWidth } from "../pi-tui/index.ts";
import type { DockRows } from "../screen/dock.ts";
import { Screen } from "../screen/screen.ts";
import { neutralise } from "../text/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { TextBlock } from "../transcript/text-block.ts";
import { TranscriptView } from "../transcript/transcript-view.ts";
import type { View } from "../transcript/view.ts";
import { onGone } from "./on-gone.ts";
import type { ClientEnd, TerminalClientOptions } from "./run-terminal-client.ts";

/** A person at a terminal and one session. */
export class TerminalClient {
  readonly ended: Promise<ClientEnd>;
  readonly #ended = Promise.withResolvers<ClientEnd>();
  readonly #terminal: Terminal;
  readonly #attachment: Attachment;
  readonly #view: View = { theme: new Theme(dark, "truecolor"), expanded: false, thinking: true };
  readonly #transcript: TranscriptView;
  readonly #screen: Screen;
  readonly #editor: PromptEditor;
  readonly #ends: (() => void)[] = [];

  constructor(terminal: Terminal, { attachment, connection }: TerminalClientOptions) {
    this.ended = this.#ended.promise;
    this.#terminal = terminal;
    this.#attachment = attachment;
    this.#transcript = new TranscriptView(attachment.transcript, this.#view);
    this.#screen = new Screen(terminal, {
      scrollback: this.#transcript,
      dock: { render: (width) => this.#dock(width), invalidate: () => this.#editor.invalidate() },
    });
    this.#editor = new PromptEditor(this.#screen, this.#view.theme.editor, [
      ["ctrl+d", () => this.#editor.getText() === "" && (this.leave(), true)],
      ["escape", () => (this.#attachment.abort().catch((error: unknown) => this.#fail(error)), true)],
    ]);
    this.#editor.onSubmit = (text) => this.#submit(text);
    this.#screen.addChild(this.#editor);
    this.#screen.setFocus(this.#editor);
    this.#ends.push(
      attachment.subscribe((change) => this.#onChange(change)),
      connection.onState(() => this.#screen.requestRender()),
      onGone({ connection, attachment }, (end) => this.#ended.resolve({ ...end, session: attachment.session })),
    );
    this.#screen.start();
  }

  leave(): void {
    this.#ended.resolve({ reason: null, failed: false, session: this.#attachment.session });
  }

  /** Gives the terminal back. */
  async close(): Promise<void> {
    for (const end of this.#ends) end();
    await this.#terminal.drainInput();
    this.#screen.stop();
  }

  #submit(text: string): void {
    if (text.trim() === "") return;
    this.#editor.addToHistory(text);
    this.#attachment.prompt(text, { streamingBehavior: "steer" }).catch((error: unknown) => this.#fail(error));
  }

  #onChange(change: Change): void {
    switch (change.kind) {
      case "items":
        this.#transcript.addItems(change.from);
        break;
      case "live":
        this.#transcript.updateLive();
        break;
      case "reset":
      case "older":
        this.#screen.redraw();
        break;
      default:
    }
    this.#screen.requestRender();
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#transcript.note(new TextBlock(neutralise(message), (row) => this.#view.theme.fg("error", row)));
    this.#screen.requestRender();
  }

  #dock(width: number): DockRows {
    const { info, live } = this.#attachment.transcript;
    const status = `${info?.cwd ?? ""} · ${live.pi?.model?.id ?? ""}${live.running ? " · working" : ""}`;
    return {
      rows: [...this.#editor.render(width), truncateToWidth(this.#view.theme.fg("dim", status), width)],
      covering: 0,
    };
  }
}
