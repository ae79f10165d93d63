import { compareSessions, type SessionsView } from "@pier/client";
import type { SessionInfo } from "@pier/protocol";
import { AskPanel } from "../panels/ask-panel.ts";
import { ChoiceList } from "../panels/choice-list.ts";
import { ConfirmPanel } from "../panels/confirm-panel.ts";
import { filterRow } from "../panels/filter-row.ts";
import { isKey } from "../panels/keys.ts";
import { LineInput } from "../panels/line-input.ts";
import { fit, frameRows, panelFrame } from "../panels/panel-frame.ts";
import type { PanelHost } from "../panels/panel-host.ts";
import { panelRows, type PanelSetting } from "../panels/panel-setting.ts";
import type { Panel } from "../panels/panel.ts";
import { matchesKey } from "../pi-tui/index.ts";
import { neutraliseLine } from "../text/index.ts";
import { allowingEnvrc } from "./allowing-envrc.ts";
import { deleteSession, endSession, type Ending } from "./ending.ts";
import type { SessionActions } from "./session-actions.ts";
import { type SessionEntry, sessionEntry } from "./session-entry.ts";
import { sessionRow } from "./session-row.ts";

export interface SessionPanelOptions {
  sessions: Pick<SessionsView, "sorted" | "synced" | "subscribe">;
  actions: SessionActions;
  /** Shows what the panel itself asks. */
  host: PanelHost;
  env: NodeJS.ProcessEnv;
  title: string;
  /** The session that is being left. */
  current?: string | undefined;
  /** Whether closed sessions are listed too: they are opened again when chosen. */
  withClosed?: boolean;
  /** Called with the chosen session once it is open; null when the person wants none. */
  onDone: (session: string | null) => void;
}

/** The sessions of a daemon to choose from, as they are while one looks. */
export class SessionPanel implements Panel {
  readonly covers = true;
  readonly #setting: PanelSetting;
  readonly #options: SessionPanelOptions;
  readonly #input: LineInput;
  readonly #list = new ChoiceList<SessionEntry>();
  readonly #ends: (() => void)[] = [];
  /** The list changes often, one session of it hardly. */
  #entries: ReadonlyMap<string, SessionEntry> = new Map();
  /** By session, when it had been active at first sight: what is active now must not move under the person's eyes. */
  #placed: ReadonlyMap<string, number> = new Map();
  /** The closed sessions, while the person looks through them. */
  #archive: readonly SessionInfo[] | null = null;
  #busy = "";
  #problem = "";
  /** What became of something, until the next key. */
  #said = "";

  constructor(setting: PanelSetting, options: SessionPanelOptions) {
    this.#setting = setting;
    this.#options = options;
    this.#input = new LineInput(setting.theme, { placeholder: "type to filter" });
    this.#update();
    const ticking = setInterval(() => setting.screen.requestRender(), agesGrow);
    this.#ends.push(
      options.sessions.subscribe(() => this.#update()),
      () => clearInterval(ticking),
    );
  }

  get focused(): boolean {
    return this.#input.focused;
  }

  set focused(focused: boolean) {
    this.#input.focused = focused;
  }

  /** Follows the sessions no more. */
  close(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  handleInput(data: string): void {
    if (isKey(data, "tui.select.cancel")) return this.#options.onDone(null);
    if (this.#busy !== "") return;
    this.#problem = "";
    this.#said = "";
    const { create } = this.#options.actions;
    const info = this.#list.selected?.info;
    if (isKey(data, "tui.select.confirm")) this.#choose(info);
    else if (matchesKey(data, "tab")) this.#turn();
    else if (isKey(data, "tui.select.up")) this.#list.move(-1);
    else if (isKey(data, "tui.select.down")) this.#list.move(1);
    else if (isKey(data, "tui.select.pageUp")) this.#list.movePages(-1);
    else if (isKey(data, "tui.select.pageDown")) this.#list.movePages(1);
    else if (create && matchesKey(data, "ctrl+n")) this.#create(() => create("shared"));
    else if (create && matchesKey(data, "ctrl+t")) this.#create(() => create("worktree"));
    else if (info?.status === "closed" && matchesKey(data, "ctrl+o")) this.#options.onDone(info.id);
    else if (info && matchesKey(data, "ctrl+r")) this.#rename(info);
    else if (info?.status === "live" && matchesKey(data, "ctrl+k")) void endSession(info, this.#ending);
    else if (info && info.id !== this.#options.current && matchesKey(data, "ctrl+d")) void this.#remove(info);
    else {
      this.#input.handleInput(data);
      this.#list.filter(this.#input.getValue());
    }
  }

  invalidate(): void {}

  render(width: number): string[] {
    const { theme } = this.#setting;
    const room = panelRows(this.#setting);
    const { title, sessions, actions } = this.#options;
    const max = Math.max(1, room - frameRows(room) - 2);
    return panelFrame(theme, width, {
      rows: [
        theme.bold(theme.fg("accent", fit(title, width))),
        filterRow(theme, width, { input: this.#input, list: this.#list }),
        ...this.#rows(width, max),
      ],
      note: this.#note(sessions.synced),
      hints: this.#archive
        ? ["Enter resume", "Ctrl+O read", "Esc leave", "Tab open", "Ctrl+R name", "Ctrl+D delete"]
        : [
            "Enter attach",
            "Esc leave",
            "Tab closed",
            actions.create ? "Ctrl+N new" : "",
            "Ctrl+R name",
            "Ctrl+K close",
            "Ctrl+D delete",
            actions.create ? "Ctrl+T new worktree" : "",
          ],
      room,
    });
  }

  #note(synced: boolean): string {
    const { theme } = this.#setting;
    if (this.#problem !== "") return theme.fg("error", this.#problem);
    if (this.#busy !== "") return theme.fg("accent", this.#busy);
    if (this.#said !== "") return theme.fg("muted", this.#said);
    return synced || this.#list.total === 0 ? "" : theme.fg("warning", "connection lost, trying again");
  }

  #rows(width: number, max: number): string[] {
    const { theme } = this.#setting;
    if (this.#list.count === 0) {
      const empty = this.#archive
        ? "No session is closed."
        : this.#options.sessions.synced
          ? "No session is open."
          : "Asking for the sessions …";
      return [theme.fg("muted", `  ${this.#list.total === 0 ? empty : "Nothing fits what is typed."}`)];
    }
    const now = Date.now();
    return this.#list.window(max).map((row) => {
      if (row.entry === undefined) return fit(theme.bold(theme.fg("muted", row.group)), width);
      const text = sessionRow(theme, row.entry, { width: width - 2, now });
      return row.selected ? theme.bg("selectedBg", `${theme.fg("accent", "→ ")}${text}`) : `  ${text}`;
    });
  }

  #update(): void {
    const { sessions, env, current, withClosed } = this.#options;
    const listed = this.#archive
      ? withoutLive(this.#archive, sessions.sorted)
      : sessions.sorted.filter(({ status }) => withClosed || status === "live");
    this.#placed = new Map(listed.map(({ id, lastActiveAt }) => [id, this.#placed.get(id) ?? lastActiveAt]));
    const placed = ({ id }: SessionInfo): number => this.#placed.get(id) ?? 0;
    const inOrder = listed.toSorted((a, b) =>
      compareSessions({ ...a, lastActiveAt: placed(a) }, { ...b, lastActiveAt: placed(b) }),
    );
    const entries = inOrder.map((info) => {
      const known = this.#entries.get(info.id);
      return known?.info === info ? known : sessionEntry(info, env, current);
    });
    this.#entries = new Map(entries.map((entry) => [entry.key, entry]));
    this.#list.replace(entries);
    this.#setting.screen.requestRender();
  }

  #choose(info: SessionInfo | undefined): void {
    const { actions, onDone } = this.#options;
    if (!info) return;
    if (info.status === "live") return onDone(info.id);
    this.#create(async () => {
      await actions.resume(info.id);
      return info.id;
    });
  }

  /** Starts pi, and is done with that session. */
  #create(start: () => Promise<string>): void {
    void this.#run("starting pi …", async () => {
      const { actions } = this.#options;
      const allow = (envrc: string): Promise<void> => actions.allow(envrc);
      const id = await allowingEnvrc(start, { allow, confirm: (question) => this.#ask(question) });
      if (id !== null) this.#options.onDone(id);
    });
  }

  /** To the closed sessions, and back. */
  #turn(): void {
    if (this.#archive) {
      this.#archive = null;
      return this.#update();
    }
    this.#archive = [];
    void this.#look();
  }

  #rename({ id, name }: SessionInfo): void {
    const { host, actions } = this.#options;
    const close = host.show(
      new AskPanel(
        this.#setting,
        { title: "Name of the session", ...(name !== undefined && { prefill: name }) },
        {
          onDone: (line) => {
            close();
            if (!line?.trim()) return;
            void this.#run("renaming …", () => actions.rename(id, line.trim())).then(() => this.#look());
          },
        },
      ),
      { first: true },
    );
  }

  async #remove(info: SessionInfo): Promise<void> {
    await deleteSession(info, this.#ending);
    await this.#look();
  }

  get #ending(): Ending {
    return {
      actions: this.#options.actions,
      ask: (question) => this.#ask(question),
      say: (text) => (this.#said = text),
      run: (words, work) => this.#run(words, work),
    };
  }

  /** Asks before something is done that a person may not have meant. */
  #ask(question: { title: string; message: string }): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const onDone = (yes: boolean | null): void => {
      close();
      resolve(yes === true);
    };
    const close = this.#options.host.show(new ConfirmPanel(this.#setting, question, { onDone }), { first: true });
    return promise;
  }

  /** Nobody tells of changes in the archive. */
  async #look(): Promise<void> {
    if (!this.#archive) return;
    await this.#run("asking for the closed sessions …", async () => {
      this.#archive = await this.#options.actions.closed();
      this.#update();
    });
  }

  /** Does something that takes a while; what goes wrong is said. */
  async #run(words: string, work: () => Promise<void>): Promise<void> {
    this.#busy = words;
    this.#setting.screen.requestRender();
    try {
      await work();
    } catch (error) {
      this.#problem = neutraliseLine(error instanceof Error ? error.message : String(error));
    } finally {
      this.#busy = "";
      this.#setting.screen.requestRender();
    }
  }
}

/** ms after which the ages are shown anew. */
const agesGrow = 30_000;

/** What was resumed meanwhile is closed no more. */
function withoutLive(archive: readonly SessionInfo[], known: readonly SessionInfo[]): readonly SessionInfo[] {
  const live = new Set(known.filter(({ status }) => status === "live").map(({ id }) => id));
  return archive.filter(({ id }) => !live.has(id));
}
