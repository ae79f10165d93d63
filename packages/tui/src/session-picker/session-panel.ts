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
  #busy = "";
  #problem = "";

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
    const { create } = this.#options.actions;
    const info = this.#list.selected?.info;
    if (isKey(data, "tui.select.confirm")) this.#choose(info);
    else if (isKey(data, "tui.select.up")) this.#list.move(-1);
    else if (isKey(data, "tui.select.down")) this.#list.move(1);
    else if (isKey(data, "tui.select.pageUp")) this.#list.movePages(-1);
    else if (isKey(data, "tui.select.pageDown")) this.#list.movePages(1);
    else if (create && matchesKey(data, "ctrl+n")) {
      void this.#run("starting pi …", async () => this.#options.onDone(await create()));
    } else if (info && matchesKey(data, "ctrl+r")) this.#rename(info);
    else if (info?.status === "live" && matchesKey(data, "ctrl+k")) this.#closeSession(info);
    else if (info && info.id !== this.#options.current && matchesKey(data, "ctrl+d")) this.#removeSession(info);
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
      hints: [
        "Enter attach",
        "Esc leave",
        actions.create ? "Ctrl+N new here" : "",
        "Ctrl+R rename",
        "Ctrl+K close",
        "Ctrl+D delete",
      ],
      room,
    });
  }

  #note(synced: boolean): string {
    const { theme } = this.#setting;
    if (this.#problem !== "") return theme.fg("error", this.#problem);
    if (this.#busy !== "") return theme.fg("accent", this.#busy);
    return synced || this.#list.total === 0 ? "" : theme.fg("warning", "connection lost, trying again");
  }

  #rows(width: number, max: number): string[] {
    const { theme } = this.#setting;
    if (this.#list.count === 0) {
      const empty = this.#options.sessions.synced ? "No session is open." : "Asking for the sessions …";
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
    const listed = sessions.sorted.filter(({ status }) => withClosed || status === "live");
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
    void this.#run("starting pi …", async () => {
      await actions.resume(info.id);
      onDone(info.id);
    });
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
            if (line?.trim()) void this.#run("renaming …", () => actions.rename(id, line.trim()));
          },
        },
      ),
      { first: true },
    );
  }

  #closeSession(info: SessionInfo): void {
    const message = "pi ends there. What was said is kept, and the session can be opened again.";
    this.#confirm(`Close ${titleOf(info)}?`, message, "closing …", () => this.#options.actions.close(info.id));
  }

  #removeSession(info: SessionInfo): void {
    const ends = info.status === "live" ? "pi ends there. " : "";
    const message = `${ends}What was said goes to the trash.`;
    this.#confirm(`Delete ${titleOf(info)}?`, message, "deleting …", () => this.#options.actions.remove(info.id));
  }

  /** Asks before something is done that a person may not have meant. */
  #confirm(title: string, message: string, words: string, work: () => Promise<void>): void {
    const close = this.#options.host.show(
      new ConfirmPanel(
        this.#setting,
        { title, message },
        {
          onDone: (yes) => {
            close();
            if (yes) void this.#run(words, work);
          },
        },
      ),
      { first: true },
    );
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

function titleOf({ name, preview }: SessionInfo): string {
  return neutraliseLine(name ?? preview ?? "") || "the new session";
}
