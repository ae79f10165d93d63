import type { Attachment, Change, PierConnection } from "@pier/client";
import type { Terminal } from "../pi-tui/index.ts";
import type { Screen } from "../screen/screen.ts";
import type { Section } from "../screen/section.ts";
import { neutraliseLine } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";
import { activityOf } from "./activity.ts";
import { Bell } from "./bell.ts";
import { Focus } from "./focus.ts";
import { folderForms } from "./folder-text.ts";
import { Outgoing } from "./outgoing.ts";
import { QueueRows } from "./queue-rows.ts";
import { type NewsListener, SessionNews } from "./session-news.ts";
import { SessionNumbers } from "./session-numbers.ts";
import { StatusBar } from "./status-bar.ts";
import { TerminalTitle } from "./terminal-title.ts";
import { Ticker } from "./ticker.ts";
import { TurnClock } from "./turn-clock.ts";
import { WidgetRows } from "./widget-rows.ts";
import { WorkingLine } from "./working-line.ts";

export interface SessionStatusOptions {
  connection: PierConnection;
  attachment: Attachment;
  terminal: Terminal;
  theme: Theme;
  env: NodeJS.ProcessEnv;
  /** The machine's name when the daemon is on another one. */
  host: string | undefined;
  news: NewsListener;
  requestRender: () => void;
}

/** ms between two pictures of the animation, and of a clock. */
const pace = { animation: 125, clock: 1000 };

/** How a session stands, around the editor, in the terminal's title and by its bell. */
export class SessionStatus {
  /** What stands above the editor, and below it. */
  readonly above: readonly Section[];
  readonly below: readonly Section[];
  readonly outgoing: Outgoing;
  readonly #options: SessionStatusOptions;
  readonly #title: TerminalTitle;
  readonly #focus: Focus;
  readonly #bell: Bell;
  readonly #ticker: Ticker;
  readonly #animated: boolean;
  readonly #ends: (() => void)[] = [];
  #attachment: Attachment;
  #clock = new TurnClock();
  #numbers: SessionNumbers;
  #news: SessionNews;
  /** What called for somebody already. */
  #called = { running: false, dialogs: 0 };

  constructor(options: SessionStatusOptions) {
    const { attachment, terminal, theme, env, connection, requestRender } = options;
    this.#options = options;
    this.#attachment = attachment;
    this.#title = new TerminalTitle(terminal, env);
    this.#bell = new Bell(terminal, env);
    this.#focus = new Focus(() => this.#refresh());
    this.#animated = !env.PIER_NO_ANIMATION && env.TERM !== "dumb";
    this.#ticker = new Ticker(() => {
      this.#pace();
      requestRender();
    });
    this.outgoing = new Outgoing(requestRender);
    this.#numbers = this.#countNumbers();
    this.#news = this.#tellNews();
    const transcript = (): Attachment["transcript"] => this.#attachment.transcript;
    this.above = [
      { render: () => [""] },
      new QueueRows(theme, () => ({ transcript: transcript(), outgoing: this.outgoing.texts })),
      new WorkingLine(theme, () => this.#work(Date.now())),
      new WidgetRows(theme, "aboveEditor", transcript),
    ];
    this.below = [
      new WidgetRows(theme, "belowEditor", transcript),
      new StatusBar(theme, () => ({
        connection,
        transcript: transcript(),
        numbers: this.#numbers.numbers,
        host: options.host,
        home: env.HOME,
        now: Date.now(),
      })),
    ];
  }

  /** Begins, once the screen did. */
  start(screen: Pick<Screen, "addInputListener" | "keepMode" | "endMode">): void {
    this.#focus.start(screen);
    this.#ends.push(this.#options.connection.onState(() => this.#refresh()));
    this.#begin();
  }

  /** Takes a change of the attachment. */
  update(change: Change): void {
    this.#news.update(change);
    this.#numbers.update(change);
    this.#clock.update(this.#attachment.transcript, Date.now(), change.kind === "reset");
    this.#call();
    this.#refresh();
  }

  /** Shows another session. */
  follow(attachment: Attachment): void {
    this.#numbers.stop();
    this.#news.stop();
    this.#attachment = attachment;
    this.#clock = new TurnClock();
    this.#numbers = this.#countNumbers();
    this.#news = this.#tellNews();
    this.#begin();
  }

  /** Ends all that was begun; the screen must still be there. */
  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#ticker.set(null);
    this.#numbers.stop();
    this.#news.stop();
    this.#focus.stop();
    this.#title.restore();
  }

  #begin(): void {
    const { live, ui } = this.#attachment.transcript;
    this.#called = { running: live.running, dialogs: ui.dialogs.size };
    this.#clock.update(this.#attachment.transcript, Date.now(), true);
    this.#refresh();
  }

  #countNumbers(): SessionNumbers {
    return new SessionNumbers(this.#attachment, this.#options.requestRender);
  }

  #tellNews(): SessionNews {
    return new SessionNews(this.#options.connection, this.#attachment, this.#options.news);
  }

  #work(now: number): ReturnType<ConstructorParameters<typeof WorkingLine>[1]> {
    return {
      activity: activityOf(this.#attachment.transcript, this.#clock.retryIn(now)),
      elapsed: this.#clock.elapsed(now),
      frame: this.#animated ? Math.floor(now / pace.animation) : null,
    };
  }

  #refresh(): void {
    this.#pace();
    this.#title.show(this.#titleText());
    this.#options.requestRender();
  }

  /** Moves no more than what moves by itself, and slowly when nobody looks. */
  #pace(): void {
    const moves = this.#work(Date.now()).activity?.moves === true;
    const waits = this.#options.connection.state.status === "waiting";
    const quick = moves && this.#animated && !this.#focus.away;
    this.#ticker.set(quick ? pace.animation : moves || waits ? pace.clock : null);
  }

  #titleText(): string {
    const { info, ui, live, caughtUp } = this.#attachment.transcript;
    const folder = info ? folderForms(info.cwd, undefined).at(-1) : undefined;
    const title = ui.title ?? `pier · ${info?.name ?? folder ?? this.#attachment.session.slice(0, 8)}`;
    const mark = ui.dialogs.size > 0 ? "● " : live.running && caughtUp ? "… " : "";
    return mark + neutraliseLine(title);
  }

  /** Calls somebody who is away when a turn ended or a question came. */
  #call(): void {
    const { live, ui, info, caughtUp } = this.#attachment.transcript;
    if (!caughtUp) return;
    const before = this.#called;
    this.#called = { running: live.running, dialogs: ui.dialogs.size };
    if (!this.#focus.away) return;
    const name = info?.name ?? (info ? folderForms(info.cwd, undefined).at(-1) : "") ?? "";
    if (ui.dialogs.size > before.dialogs) this.#bell.ring(`pier ${name}: a question waits for you`);
    else if (before.running && !live.running) this.#bell.ring(`pier ${name}: the turn has ended`);
  }
}
