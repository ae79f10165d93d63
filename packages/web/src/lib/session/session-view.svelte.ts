import { type Attachment, type Change, type Numbers, SessionNumbers, type Transcript } from "@pier/client";

/**
 * One attached session as components see it. What changes often lives in the transcript, which is not reactive: each getter
 * here ties its reader to one kind of change and hands out the transcript's own object, so nothing is copied.
 */
export class SessionView {
  readonly attachment: Attachment;
  readonly transcript: Transcript;
  /** Tokens and cost, as far as they are known. */
  numbers = $state.raw<Numbers>({ totals: null, context: null, window: null });
  readonly #counts = $state({ items: 0, live: 0, ui: 0, info: 0, presence: 0, status: 0 });

  constructor(attachment: Attachment) {
    this.attachment = attachment;
    this.transcript = attachment.transcript;
  }

  get id(): string {
    return this.transcript.session;
  }

  /** Follows the transcript until the returned function is called. */
  follow(): () => void {
    const numbers = new SessionNumbers(this.attachment, () => (this.numbers = numbers.numbers));
    const stop = this.transcript.subscribe((change) => {
      this.#count(change);
      numbers.update(change);
      if (!isSame(numbers.numbers, this.numbers)) this.numbers = numbers.numbers;
    });
    return () => {
      stop();
      numbers.stop();
    };
  }

  /** What the list shows of this session; null until attached. */
  get info(): Transcript["info"] {
    void this.#counts.info;
    return this.transcript.info;
  }

  get offered(): Transcript["offered"] {
    void this.#counts.info;
    return this.transcript.offered;
  }

  get presence(): Transcript["presence"] {
    void this.#counts.presence;
    return this.transcript.presence;
  }

  get status(): Transcript["status"] {
    void this.#counts.status;
    return this.transcript.status;
  }

  get error(): Transcript["error"] {
    void this.#counts.status;
    return this.transcript.error;
  }

  get caughtUp(): boolean {
    void this.#counts.status;
    return this.transcript.caughtUp;
  }

  /** Counts up with each change of what is in flight: read it beside `transcript.live`, which is changed in place. */
  get liveChanges(): number {
    return this.#counts.live;
  }

  /** Counts up with each change of dialogs, statuses, widgets and title. */
  get uiChanges(): number {
    return this.#counts.ui;
  }

  /** Counts up when finished messages come, go or are replaced. */
  get itemChanges(): number {
    return this.#counts.items;
  }

  #count(change: Change): void {
    const counts = this.#counts;
    switch (change.kind) {
      case "items":
      case "older":
      case "trimmed":
        counts.items++;
        return;
      case "live":
      case "ui":
      case "info":
      case "presence":
      case "status":
        counts[change.kind]++;
        return;
      case "reset":
        for (const kind of ["items", "live", "ui", "info", "presence", "status"] as const) counts[kind]++;
        break;
      case "notice":
    }
  }
}

function isSame(a: Numbers, b: Numbers): boolean {
  return a.context === b.context && a.window === b.window && a.totals?.cost === b.totals?.cost;
}
