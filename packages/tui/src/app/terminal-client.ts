import type { Attachment, Change } from "@pier/client";
import type { Tone } from "../commands/command.ts";
import { DialogQueue } from "../dialogs/dialog-queue.ts";
import { PromptEditor } from "../editor/prompt-editor.ts";
import { PanelHost } from "../panels/panel-host.ts";
import { type Terminal, truncateToWidth } from "../pi-tui/index.ts";
import { ClientDock } from "../screen/client-dock.ts";
import { Screen } from "../screen/screen.ts";
import { neutralise } from "../text/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { TextBlock } from "../transcript/text-block.ts";
import { TranscriptView } from "../transcript/transcript-view.ts";
import type { View } from "../transcript/view.ts";
import type { ClientEnd, TerminalClientOptions } from "./run-terminal-client.ts";
import { Typing } from "./typing.ts";

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
  readonly #panels = new PanelHost((panel) => {
    this.#screen.setFocus(panel ?? this.#editor);
    this.#screen.requestRender();
  });
  readonly #dialogs: DialogQueue;
  readonly #ends: (() => void)[] = [];

  constructor(terminal: Terminal, { attachment, connection }: TerminalClientOptions) {
    this.ended = this.#ended.promise;
    this.#terminal = terminal;
    this.#attachment = attachment;
    this.#transcript = new TranscriptView(attachment.transcript, this.#view);
    this.#screen = new Screen(terminal, {
      scrollback: this.#transcript,
      dock: { render: (width) => dock.render(width), invalidate: () => dock.invalidate() },
    });
    this.#editor = new PromptEditor(this.#screen, this.#view.theme.editor, [
      ["ctrl+d", () => this.#editor.getText() === "" && (this.leave(), true)],
      ["escape", () => (this.#attachment.abort().catch((error: unknown) => this.#fail(error)), true)],
    ]);
    this.#editor.onSubmit = (text) => this.#submit(text);
    const dock = new ClientDock({
      above: [],
      below: [{ render: (width) => this.#status(width) }],
      editor: this.#editor,
      panels: this.#panels,
    });
    this.#screen.addChild(this.#editor);
    this.#screen.setFocus(this.#editor);
    const typing = new Typing(() => this.#panels.current !== null || this.#editor.getText() !== "");
    this.#dialogs = new DialogQueue({
      attachment,
      connection,
      host: this.#panels,
      setting: { theme: this.#view.theme, screen: this.#screen },
      say: (text, tone) => this.#say(text, tone),
      quietIn: () => typing.quietIn(),
    });
    this.#ends.push(
      this.#screen.addInputListener(() => {
        typing.touch();
        return undefined;
      }),
      () => this.#dialogs.close(),
      attachment.subscribe((change) => this.#onChange(change)),
      connection.onState(() => this.#screen.requestRender()),
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
    this.#say(error instanceof Error ? error.message : String(error), "error");
  }

  #say(text: string, tone: Tone = "info"): void {
    const role = tone === "info" ? "muted" : tone;
    this.#transcript.note(new TextBlock(neutralise(text), (row) => this.#view.theme.fg(role, row)));
    this.#screen.requestRender();
  }

  #status(width: number): string[] {
    const { info, live } = this.#attachment.transcript;
    const status = `${info?.cwd ?? ""} · ${live.pi?.model?.id ?? ""}${live.running ? " · working" : ""}`;
    return [truncateToWidth(this.#view.theme.fg("dim", status), width)];
  }
}
