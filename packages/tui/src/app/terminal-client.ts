import type { Attachment, Change } from "@pier/client";
import type { Tone } from "../commands/command.ts";
import { PromptEditor } from "../editor/prompt-editor.ts";
import { PanelHost } from "../panels/panel-host.ts";
import type { Terminal } from "../pi-tui/index.ts";
import { ClientDock } from "../screen/client-dock.ts";
import { Screen } from "../screen/screen.ts";
import { SessionStatus } from "../status/session-status.ts";
import { neutralise } from "../text/index.ts";
import { ThemeControl } from "../theme/theme-control.ts";
import { TextBlock } from "../transcript/text-block.ts";
import { TranscriptView } from "../transcript/transcript-view.ts";
import type { View } from "../transcript/view.ts";
import type { ClientEnd, TerminalClientOptions } from "./run-terminal-client.ts";

/** A person at a terminal and one session. */
export class TerminalClient {
  readonly ended: Promise<ClientEnd>;
  readonly #ended = Promise.withResolvers<ClientEnd>();
  readonly #terminal: Terminal;
  readonly #attachment: Attachment;
  readonly #colours: ThemeControl;
  readonly #view: View;
  readonly #transcript: TranscriptView;
  readonly #screen: Screen;
  readonly #editor: PromptEditor;
  readonly #status: SessionStatus;
  readonly #dock: ClientDock;
  readonly #ends: (() => void)[] = [];

  constructor(terminal: Terminal, { attachment, connection, env, host }: TerminalClientOptions) {
    this.ended = this.#ended.promise;
    this.#terminal = terminal;
    this.#attachment = attachment;
    this.#colours = new ThemeControl(env);
    this.#view = { theme: this.#colours.theme, expanded: false, thinking: true };
    this.#transcript = new TranscriptView(attachment.transcript, this.#view);
    this.#screen = new Screen(terminal, {
      scrollback: this.#transcript,
      dock: { render: (width) => this.#dock.render(width), invalidate: () => this.#dock.invalidate() },
    });
    this.#editor = new PromptEditor(this.#screen, this.#view.theme.editor, [
      ["ctrl+d", () => this.#editor.getText() === "" && (this.leave(), true)],
      ["escape", () => this.#abort()],
    ]);
    this.#editor.onSubmit = (text) => this.#submit(text);
    this.#screen.addChild(this.#editor);
    this.#screen.setFocus(this.#editor);
    this.#status = new SessionStatus({
      connection,
      attachment,
      terminal,
      theme: this.#view.theme,
      env,
      host,
      requestRender: () => this.#screen.requestRender(),
      news: {
        say: (text, tone) => this.#say(text, tone),
        end: (reason, failed) => this.#ended.resolve({ reason, failed, session: this.#attachment.session }),
        setEditorText: (text) => this.#editor.setText(text),
      },
    });
    this.#dock = new ClientDock({
      above: this.#status.above,
      below: this.#status.below,
      editor: this.#editor,
      panels: new PanelHost(() => this.#screen.requestRender()),
    });
    this.#ends.push(attachment.subscribe((change) => this.#onChange(change)));
    this.#screen.start();
    const colours = this.#colours.follow(this.#screen, () => this.#screen.recolour({ all: true }));
    void this.#screen.hold(colours.first);
    this.#view.theme.highlighter.onColoured = () => this.#screen.recolour();
    this.#status.start(this.#screen);
    this.#ends.push(colours.stop, () => this.#status.stop());
    if (this.#colours.problem !== null) this.#say(this.#colours.problem, "warning");
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
    this.#status.outgoing
      .track(text, this.#attachment.prompt(text, { streamingBehavior: "steer" }))
      .catch((error: unknown) => this.#fail(error));
  }

  #abort(): boolean {
    this.#attachment.abort().catch((error: unknown) => this.#fail(error));
    return true;
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
    this.#status.update(change);
    this.#screen.requestRender();
  }

  #fail(error: unknown): void {
    this.#say(error instanceof Error ? error.message : String(error), "error");
  }

  #say(text: string, tone: Tone): void {
    const role = tone === "info" ? "muted" : tone;
    this.#transcript.note(new TextBlock(neutralise(text), (row) => this.#view.theme.fg(role, row)));
    this.#screen.requestRender();
  }
}
