import { type Attachment, type Change, type PierConnection, SessionNumbers, TurnClock } from "@pier/client";
import type { Terminal } from "../pi-tui/index.ts";
import type { Screen } from "../screen/screen.ts";
import type { Section } from "../screen/section.ts";
import type { Theme } from "../theme/theme.ts";
import { activityOf } from "./activity.ts";
import { Attention } from "./attention.ts";
import { Focus } from "./focus.ts";
import { Outgoing } from "./outgoing.ts";
import { QueueRows } from "./queue-rows.ts";
import { type NewsListener, SessionNews } from "./session-news.ts";
import { StatusBar } from "./status-bar.ts";
import { Ticker } from "./ticker.ts";
import { WidgetRows } from "./widget-rows.ts";
import { waitText } from "./words.ts";
import { type Work, WorkingLine } from "./working-line.ts";

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
  readonly #attention: Attention;
  readonly #focus: Focus;
  readonly #ticker: Ticker;
  readonly #animated: boolean;
  readonly #ends: (() => void)[] = [];
  #attachment: Attachment;
  #clock = new TurnClock();
  #numbers: SessionNumbers;
  #news: SessionNews;

  constructor(options: SessionStatusOptions) {
    const { attachment, terminal, theme, env, connection, requestRender } = options;
    this.#options = options;
    this.#attachment = attachment;
    this.#attention = new Attention(terminal, env);
    this.#focus = new Focus(terminal, {
      onChange: () => this.#refresh(),
      onLook: (looking) => this.#attachment.look(looking),
    });
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
  start(screen: Pick<Screen, "addInputListener" | "occupy">): void {
    this.#begin();
    this.#ends.push(
      this.#options.connection.onState(() => this.#refresh()),
      this.#focus.listen(screen),
      screen.occupy({ begin: () => this.#enter(), end: () => this.#depart() }),
    );
  }

  /** Takes a change of the attachment. */
  update(change: Change): void {
    this.#news.update(change);
    this.#numbers.update(change);
    this.#clock.update(this.#attachment.transcript, Date.now(), change.kind === "reset");
    this.#attention.call(this.#attachment.transcript, this.#focus.away);
    this.#refresh();
  }

  /** Shows another session. */
  follow(attachment: Attachment): void {
    this.#numbers.stop();
    this.#news.stop();
    this.#attachment = attachment;
    attachment.look(this.#focus.looking);
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
  }

  #enter(): void {
    this.#attention.begin();
    this.#focus.begin();
    this.#refresh();
  }

  /** Another program has the terminal now. */
  #depart(): void {
    this.#focus.end();
    this.#attention.end();
  }

  #begin(): void {
    this.#attention.know(this.#attachment.transcript);
    this.#clock.update(this.#attachment.transcript, Date.now(), true);
    this.#refresh();
  }

  #countNumbers(): SessionNumbers {
    return new SessionNumbers(this.#attachment, this.#options.requestRender);
  }

  #tellNews(): SessionNews {
    return new SessionNews(this.#options.connection, this.#attachment, this.#options.news);
  }

  #work(now: number): Work {
    const left = this.#clock.retryLeft(now);
    return {
      activity: activityOf(this.#attachment.transcript, left > 0 ? waitText(left) : ""),
      elapsed: this.#clock.elapsed(now),
      frame: this.#animated ? Math.floor(now / pace.animation) : null,
    };
  }

  #refresh(): void {
    this.#pace();
    this.#attention.show(this.#attachment.transcript);
    this.#options.requestRender();
  }

  /** Moves no more than what moves by itself, and slowly when nobody looks. */
  #pace(): void {
    const moves = this.#work(Date.now()).activity?.moves === true;
    const { status } = this.#options.connection.state;
    const waits = status === "waiting" || status === "connecting";
    const quick = moves && this.#animated && !this.#focus.away;
    this.#ticker.set(quick ? pace.animation : moves || waits ? pace.clock : null);
  }
}
