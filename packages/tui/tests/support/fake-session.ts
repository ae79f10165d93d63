import {
  type Attachment,
  type Change,
  type ClientError,
  type ConnectionState,
  type PierConnection,
  type PiSessionStats,
  Transcript,
} from "@pier/client";
import type { AgentMessage, Attached, ExtensionUiRequest, Notice, Payload, SessionInfo } from "@pier/protocol";

const sessionId = "0123abcd-0000-0000-0000-000000000000";

/** A session that says what a test wants, as a client sees it: a real transcript, without a daemon. */
export class FakeSession {
  readonly transcript = new Transcript(sessionId);
  /** What `get_session_stats` is answered with; it waits while this is null. */
  stats: Partial<PiSessionStats> | Error | null = null;
  /** How often it was asked for. */
  asked = 0;
  /** What was said about whether somebody looks, in its order. */
  readonly looks: boolean[] = [];
  #answer = (): void => {};
  #state: ConnectionState = { status: "open", welcome: {} as never };
  readonly #states = new Set<(state: ConnectionState) => void>();
  readonly #notices = new Set<(notice: Notice) => void>();
  readonly #errors = new Set<(error: ClientError) => void>();
  #info: SessionInfo;
  #seq = 0;

  constructor(info: Partial<SessionInfo> = {}, attached: Partial<Attached> = {}) {
    this.#info = {
      id: sessionId,
      cwd: "/home/ada/project",
      status: "live",
      activity: "idle",
      ephemeral: false,
      demo: false,
      origin: "pier",
      renderMarkdown: true,
      clients: 1,
      createdAt: 1,
      lastActiveAt: 1,
      ...info,
    };
    this.attach(attached);
  }

  get attachment(): Attachment {
    const getSessionStats = (): Promise<unknown> => {
      this.asked++;
      return new Promise((resolve, reject) => {
        this.#answer = () => {
          if (this.stats instanceof Error) reject(this.stats);
          else if (this.stats) resolve(this.stats);
        };
        this.#answer();
      });
    };
    const { transcript } = this;
    const subscribe = (listener: (change: Change) => void): (() => void) => transcript.subscribe(listener);
    const look = (looking: boolean): void => void this.looks.push(looking);
    return { session: sessionId, transcript, subscribe, getSessionStats, look } as unknown as Attachment;
  }

  get connection(): PierConnection {
    const [onState, onNotice, onError] = [adder(this.#states), adder(this.#notices), adder(this.#errors)];
    const state = { get: (): ConnectionState => this.#state };
    return Object.defineProperty(
      { lostAt: null, onState, onNotice, onError },
      "state",
      state,
    ) as unknown as PierConnection;
  }

  /** Answers `get_session_stats`, asked or to come. */
  answer(stats: Partial<PiSessionStats> | Error): void {
    this.stats = stats;
    this.#answer();
  }

  attach(change: Partial<Attached> = {}): void {
    const { seq = 0 } = change;
    this.#seq = seq;
    this.transcript.apply({
      type: "attached",
      session: sessionId,
      epoch: "e",
      mode: "snapshot",
      info: this.#info,
      state: { running: false, pi: null, compaction: null, retry: null, offered: [] },
      messages: [],
      tail: [],
      dialogs: [],
      statuses: {},
      widgets: {},
      title: null,
      queue: { steering: [], followUp: [] },
      ...change,
      seq,
    });
  }

  /** Records of pi. */
  events(...payloads: Payload[]): void {
    for (const payload of payloads)
      this.transcript.apply({ type: "event", session: sessionId, seq: ++this.#seq, payload });
  }

  /** A finished message. */
  says(message: AgentMessage): void {
    this.events({ type: "message_start", message }, { type: "message_end", message });
  }

  /** A request of an extension. */
  ui(request: { method: string; [member: string]: unknown }): void {
    const frame = {
      type: "extension_ui_request",
      session: sessionId,
      seq: ++this.#seq,
      id: `u${this.#seq}`,
      ...request,
    };
    this.transcript.apply(frame as ExtensionUiRequest);
  }

  info(change: Partial<SessionInfo>, offered: { id: string; text: string }[] = []): void {
    this.#info = { ...this.#info, ...change };
    this.transcript.apply({
      type: "session",
      session: sessionId,
      info: this.#info,
      offered: offered.map((prompt) => ({ ...prompt, images: 0 })),
    });
  }

  presence(...clients: string[]): void {
    this.transcript.apply({
      type: "presence",
      session: sessionId,
      clients: clients.map((client) => ({ client, device: "here" })),
    });
  }

  /** Another state of the connection. */
  connected(state: ConnectionState): void {
    this.#state = state;
    if (state.status === "waiting") this.transcript.awaitAttached();
    for (const listener of this.#states) listener(state);
  }

  notice(notice: Omit<Notice, "type">): void {
    for (const listener of this.#notices) listener({ type: "notice", ...notice });
  }

  error(error: ClientError): void {
    for (const listener of this.#errors) listener(error);
  }
}

function adder<T>(listeners: Set<(value: T) => void>): (listener: (value: T) => void) => () => void {
  return (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
