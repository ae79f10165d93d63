import type { Attachment, Change, PierConnection } from "@pier/client";
import type { Tone } from "../commands/command.ts";
import { DialogQueue } from "../dialogs/dialog-queue.ts";
import { Composer } from "../editor/composer.ts";
import { Keys } from "../editor/keys.ts";
import { readOwnKeys } from "../editor/own-keys.ts";
import { panelContext } from "../panels/panel-context.ts";
import { PanelHost } from "../panels/panel-host.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import type { Terminal } from "../pi-tui/index.ts";
import type { Block } from "../screen/block.ts";
import { ClientDock } from "../screen/client-dock.ts";
import { onProcessEnd } from "../screen/on-process-end.ts";
import { Screen } from "../screen/screen.ts";
import { sessionContext } from "../session-picker/session-context.ts";
import { SessionStatus } from "../status/session-status.ts";
import { neutralise } from "../text/index.ts";
import { ThemeControl } from "../theme/theme-control.ts";
import { TextBlock } from "../transcript/text-block.ts";
import { TranscriptView } from "../transcript/transcript-view.ts";
import type { View } from "../transcript/view.ts";
import { commandContext } from "./command-context.ts";
import type { ClientEnd, TerminalClientOptions } from "./run-terminal-client.ts";
import { Typing } from "./typing.ts";
import { viewKeys } from "./view-keys.ts";

/** A person at a terminal and one session. */
export class TerminalClient {
  readonly ended: Promise<ClientEnd>;
  readonly #ended = Promise.withResolvers<ClientEnd>();
  readonly #terminal: Terminal;
  readonly #connection: PierConnection;
  readonly #resume: (session: string) => string;
  readonly #colours: ThemeControl;
  readonly #view: View;
  readonly #transcript: TranscriptView;
  readonly #screen: Screen;
  readonly #composer: Composer;
  readonly #panels: PanelHost;
  readonly #setting: PanelSetting;
  readonly #status: SessionStatus;
  readonly #typing: Typing;
  readonly #ends: (() => void)[] = [];
  #attachment: Attachment;
  /** Whether the session may be closed meanwhile. */
  #stays = false;
  /** Ends what belongs to the session that is shown. */
  #endSession: () => void;
  readonly #endProcess: () => void;

  constructor(terminal: Terminal, { attachment, connection, rest, env, host, resume }: TerminalClientOptions) {
    this.ended = this.#ended.promise;
    this.#terminal = terminal;
    this.#connection = connection;
    this.#resume = resume ?? ((session) => `pier resume ${session.slice(0, 8)}`);
    this.#attachment = attachment;
    this.#colours = new ThemeControl(env);
    this.#view = { theme: this.#colours.theme, expanded: false, thinking: true, images: true };
    this.#transcript = new TranscriptView(attachment.transcript, this.#view);
    const requestRender = (): void => this.#screen.requestRender();
    this.#screen = new Screen(terminal, {
      scrollback: this.#transcript,
      dock: { render: (width) => dock.render(width), invalidate: () => dock.invalidate() },
    });
    this.#panels = new PanelHost((panel) => {
      this.#screen.setFocus(panel ?? this.#composer.editor);
      requestRender();
    });
    this.#status = new SessionStatus({
      connection,
      attachment,
      terminal,
      theme: this.#view.theme,
      env,
      host,
      requestRender,
      news: {
        say: (text, tone) => this.#say(text, tone),
        end: (reason, failed) => this.#end(reason, failed),
        resume: this.#resume,
        setEditorText: (text) => this.#composer.offer(text),
      },
    });
    const own = readOwnKeys(env);
    const keys = new Keys(own.keys, { windows: process.platform === "win32" || Boolean(env.WSL_DISTRO_NAME) });
    keys.install();
    this.#setting = {
      theme: this.#view.theme,
      screen: this.#screen,
      keys,
      editOutside: (text) => this.#composer.editOutside(text),
    };
    this.#composer = new Composer({
      screen: this.#screen,
      searchFiles: async (query, options) => (await rest.searchFiles(this.#attachment.session, query, options)).files,
      track: (text, accepted) => void this.#status.outgoing.track(text, accepted),
      context: commandContext({
        ...panelContext(this.#panels, this.#setting),
        ...sessionContext(this.#panels, this.#setting, { connection, attachment: () => this.#attachment, rest, env }),
        attachment: () => this.#attachment,
        composer: () => this.#composer,
        connection,
        rest,
        view: this.#view,
        env,
        keys,
        machine: host ?? null,
        say: (text, tone) => this.#say(text, tone),
        note: (block) => this.#note(block),
        switchTo: (session) => this.switchTo(session),
        whileClosed: (work) => this.#whileClosed(work),
        write: (sequence) => terminal.write(sequence),
        redraw: () => this.#screen.redraw(),
        showFrom: (start) => {
          this.#transcript.showFrom(start);
          this.#screen.redraw();
        },
        showEarlier: () => {
          const more = this.#transcript.showEarlier();
          if (more) this.#screen.redraw();
          return more;
        },
        leave: () => this.leave(),
      }),
    });
    const isViewKey = viewKeys(keys, this.#view, () => this.#screen.redraw());
    const dock = new ClientDock({
      above: this.#status.above,
      below: this.#status.below,
      editor: this.#composer.editor,
      panels: this.#panels,
    });
    this.#typing = new Typing(() => this.#panels.current !== null || this.#composer.editor.getText() !== "");
    this.#screen.addChild(this.#composer.editor);
    this.#screen.setFocus(this.#composer.editor);
    this.#endProcess = onProcessEnd(this.#screen, () => this.leave());
    this.#screen.start();
    const colours = this.#colours.follow(this.#screen, () => this.#screen.recolour({ all: true }));
    void this.#screen.hold(colours.first);
    this.#view.theme.highlighter.onColoured = () => this.#screen.recolour();
    this.#status.start(this.#screen);
    this.#ends.push(
      this.#screen.addInputListener((data) => {
        this.#typing.touch();
        return this.#panels.current && isViewKey(data) ? { consume: true } : undefined;
      }),
      colours.stop,
      () => this.#status.stop(),
    );
    this.#endSession = this.#followSession();
    if (attachment.transcript.info?.status === "closed") this.#say(wordsWhenClosed);
    else if (attachment.transcript.items.length === 0) this.#say(firstWords);
    for (const problem of [this.#colours.problem, own.problem]) if (problem !== null) this.#say(problem, "warning");
  }

  leave(): void {
    this.#ended.resolve({ reason: null, failed: false, session: this.#attachment.session });
  }

  /** Shows another session of the same daemon; the one that is left goes on. @throws ClientError when it cannot be attached */
  async switchTo(session: string): Promise<void> {
    if (session === this.#attachment.session) return;
    const next = this.#connection.attach(session, { window: openingWindow });
    try {
      await next.ready;
    } catch (error) {
      next.detach();
      throw error;
    }
    const left = this.#attachment;
    this.#endSession();
    this.#attachment = next;
    this.#transcript.follow(next.transcript);
    this.#status.follow(next);
    this.#composer.follow(next);
    this.#endSession = this.#followSession();
    left.detach();
    if (next.transcript.info?.status === "closed") this.#say(wordsWhenClosed);
    this.#screen.redraw();
  }

  /** Gives the terminal back. */
  async close(): Promise<void> {
    this.#endSession();
    for (const end of this.#ends) end();
    this.#composer.close();
    await this.#terminal.drainInput();
    this.#screen.stop();
    this.#endProcess();
  }

  #followSession(): () => void {
    const attachment = this.#attachment;
    const dialogs = new DialogQueue({
      attachment,
      connection: this.#connection,
      host: this.#panels,
      setting: this.#setting,
      say: (text, tone) => this.#say(text, tone),
      quietIn: () => this.#typing.quietIn(),
    });
    const unsubscribe = attachment.subscribe((change) => this.#onChange(change));
    return () => {
      unsubscribe();
      dialogs.close();
    };
  }

  #end(reason: string, failed: boolean): void {
    if (failed || !this.#stays) this.#ended.resolve({ reason, failed, session: this.#attachment.session });
  }

  /** The session is closed and opened again on purpose: only when that goes wrong is it the end. */
  async #whileClosed<T>(work: () => Promise<T>): Promise<T> {
    this.#stays = true;
    try {
      return await work();
    } catch (error) {
      const { info, session } = this.#attachment.transcript;
      if (info?.status === "closed") {
        const why = error instanceof Error ? error.message : String(error);
        this.#end(
          `The session is closed, for pi did not start again: ${why} \`${this.#resume(session)}\` tries again.`,
          true,
        );
      }
      throw error;
    } finally {
      this.#stays = false;
    }
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
    this.#composer.onChange(change);
    this.#screen.requestRender();
  }

  #say(text: string, tone: Tone = "info"): void {
    const role = tone === "info" ? "muted" : tone;
    this.#note(new TextBlock(neutralise(text), (row) => this.#view.theme.fg(role, row)));
  }

  #note(block: Block): void {
    this.#transcript.note(block);
    this.#screen.requestRender();
  }
}

/** For whoever comes to an empty session. */
const firstWords = "Enter sends · / lists pi's commands, // those of this client · Ctrl+D leaves, the session goes on";

/** For whoever opens what is over, to read it. */
const wordsWhenClosed = "This session is closed: it is here to be read. //resume starts pi again, Ctrl+D leaves.";

/** What is asked of a transcript at first. */
const openingWindow = { messages: 60, bytes: 128 * 1024 };
