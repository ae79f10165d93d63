import type { ClientFrame, Hello, Notice, ServerFrame, Welcome, Window } from "@pier/protocol";
import { limits as wire } from "@pier/protocol/runtime";
import { Attachment } from "../attachment/attachment.ts";
import { CommandBudget } from "../attachment/command-budget.ts";
import type { Port } from "../attachment/port.ts";
import { Subscription } from "../attachment/subscription.ts";
import { ClientError } from "../client-error.ts";
import { limits } from "../limits.ts";
import { Listeners } from "../listeners.ts";
import type { SessionsView } from "../sessions/sessions-view.ts";
import { Watch } from "../sessions/watch.ts";
import type { Timers } from "../timers.ts";
import { Backoff } from "./backoff.ts";
import type { ConnectionState } from "./connection-state.ts";
import { Leaving } from "./leaving.ts";
import type { LinkEnd } from "./link-end.ts";
import { Link } from "./link.ts";
import type { WebSocketConstructor } from "./web-socket.ts";

export interface PierConnectionOptions {
  address: string;
  hello: Hello;
  WebSocket: WebSocketConstructor;
  random: () => number;
  timers: Timers;
  signal: AbortSignal | undefined;
}

export interface AttachOptions {
  /** How much of the transcript a snapshot may hold; the daemon's own limits hold too. */
  window?: Window;
  /** Whether a person looks at it at first, see `Attachment.look`; yes when absent. */
  looking?: boolean;
  /** Ends the attachment. */
  signal?: AbortSignal;
}

/** A connection to a daemon that comes back by itself. Made by `connect`. */
export class PierConnection {
  /** The same over all reconnections. */
  readonly clientId: string;
  /** Resolves at the first welcome; rejects with a ClientError when the connection is closed for good before. */
  readonly ready: Promise<Welcome>;
  readonly #options: PierConnectionOptions;
  readonly #ready = Promise.withResolvers<Welcome>();
  readonly #backoff: Backoff;
  readonly #budget: CommandBudget;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #leaving = new Leaving();
  readonly #watch = new Watch((frame) => this.#send(frame));
  readonly #states = new Listeners<ConnectionState>();
  readonly #notices = new Listeners<Notice>();
  readonly #errors = new Listeners<ClientError>();
  readonly #onAbort = (): void => this.close();
  #state: ConnectionState = { status: "connecting" };
  #lostAt: number | null = null;
  /** Since when the open connection is in doubt. */
  #doubtedAt: number | null = null;
  #link: Link | null = null;
  #timer: unknown;

  constructor(options: PierConnectionOptions) {
    this.#options = options;
    this.clientId = options.hello.clientId;
    this.ready = this.#ready.promise;
    // Whoever does not ask must not get an unhandled rejection.
    this.ready.catch(() => {});
    this.#backoff = new Backoff(options.random);
    this.#budget = new CommandBudget(options.random);
    options.signal?.addEventListener("abort", this.#onAbort);
    if (options.signal?.aborted) this.close();
    else this.#open();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Since when (ms since 1970) there is no connection any more; null while there is one, and before the first. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  /** Calls `listener` with every new state; the returned function ends that. */
  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(listener);
  }

  /** Calls `listener` with the daemon's news for a person; the returned function ends that. */
  onNotice(listener: (notice: Notice) => void): () => void {
    return this.#notices.add(listener);
  }

  /** Calls `listener` with errors that nothing else waits for: broken frames, refusals without a sender. */
  onError(listener: (error: ClientError) => void): () => void {
    return this.#errors.add(listener);
  }

  /**
   * Follows a session, now and after every reconnection, until detached.
   *
   * @throws ClientError `CLOSED`, `BAD_REQUEST` (session id), `ATTACHED_ALREADY`, `TOO_MANY`
   */
  attach(session: string, { window, looking = true, signal }: AttachOptions = {}): Attachment {
    this.#mustBeUsable();
    if (session === "" || session.length > 100) {
      throw new ClientError("BAD_REQUEST", `A session id has 1 to 100 characters, this one ${session.length}.`);
    }
    if (this.#subscriptions.has(session)) {
      throw new ClientError(
        "ATTACHED_ALREADY",
        `Session ${session} is attached: use that attachment, or detach it first.`,
      );
    }
    if (this.#subscriptions.size >= limits.attachments) {
      throw new ClientError("TOO_MANY", `${limits.attachments} sessions are attached: detach one first.`);
    }
    const subscription = new Subscription({ session, window, looking, port: this.#portOf(session) });
    const attachment = new Attachment(subscription);
    this.#subscriptions.set(session, subscription);
    if (this.#state.status === "open") subscription.open();
    if (signal?.aborted) attachment.detach();
    else if (signal) this.#detachOnAbort(attachment, signal);
    return attachment;
  }

  /**
   * Follows the list of sessions until its `close()`.
   *
   * @throws ClientError `CLOSED`
   */
  watch(): SessionsView {
    this.#mustBeUsable();
    return this.#watch.add();
  }

  /** Tries now instead of at `retryAt`; asks an open connection whether it is alive. For a page that became visible or online. */
  reconnectNow(): void {
    if (this.#state.status === "waiting") this.#open();
    else this.#link?.probe();
  }

  /**
   * The program heard that there is no network. An open connection is asked at once whether it is alive, for it may be one
   * on this machine; one that does not answer was lost at this moment.
   */
  networkLost(): void {
    const link = this.#link;
    if (this.#state.status !== "open" || !link) return;
    this.#doubtedAt = this.#options.timers.now();
    link.probe(limits.offline);
    link.roundTrip(() => (this.#doubtedAt = null));
  }

  /** Closes for good: every attachment ends, every waiting command is rejected, no timer is left. */
  close(): void {
    this.#finish(new ClientError("CLOSED", "The connection was closed."));
  }

  #open(): void {
    const { timers, address, hello, WebSocket } = this.#options;
    timers.clearTimeout(this.#timer);
    this.#state = { status: "connecting" };
    this.#link = new Link({
      address,
      hello,
      WebSocket,
      timers,
      onWelcome: (welcome) => this.#handleWelcome(welcome),
      onFrame: (frame) => this.#handle(frame),
      onEnd: (end) => this.#handleEnd(end),
    });
    this.#states.emit(this.#state);
  }

  #handleWelcome(welcome: Welcome): void {
    this.#backoff.opened(this.#options.timers.now());
    this.#state = { status: "open", welcome };
    this.#lostAt = null;
    for (const subscription of this.#subscriptions.values()) subscription.open();
    this.#watch.open();
    this.#ready.resolve(welcome);
    this.#states.emit(this.#state);
  }

  #handle(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
      case "pong":
        return;
      case "notice":
        return this.#notices.emit(frame);
      case "sessions":
        return this.#watch.handle(frame);
      default: {
        const subscription = frame.session === undefined ? undefined : this.#subscriptions.get(frame.session);
        if (this.#leaving.concerns(frame)) return;
        if (subscription) subscription.handle(frame);
        else if (frame.type === "error") this.#errors.emit(new ClientError(frame.code, frame.message));
      }
    }
  }

  #handleEnd({ error, fatal }: LinkEnd): void {
    if (this.#state.status === "open") this.#lostAt = this.#doubtedAt ?? this.#options.timers.now();
    this.#doubtedAt = null;
    this.#link = null;
    this.#leaving.clear();
    if (error.code !== "CONNECTION_LOST") this.#errors.emit(error);
    if (fatal) return this.#finish(error);
    const { timers } = this.#options;
    const wait = this.#backoff.next(timers.now());
    this.#state = { status: "waiting", reason: error, retryAt: timers.now() + wait };
    this.#timer = timers.setTimeout(() => this.#open(), wait);
    for (const subscription of this.#subscriptions.values()) subscription.lost();
    this.#watch.lost();
    this.#states.emit(this.#state);
  }

  #finish(reason: ClientError): void {
    if (this.#state.status === "closed") return;
    this.#state = { status: "closed", reason };
    this.#options.timers.clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#link?.close();
    this.#link = null;
    this.#ready.reject(reason);
    for (const subscription of this.#subscriptions.values()) subscription.end("detached", reason);
    this.#watch.lost();
    this.#states.emit(this.#state);
    for (const listeners of [this.#states, this.#notices, this.#errors]) listeners.clear();
  }

  #send(frame: ClientFrame): boolean {
    return this.#link?.send(JSON.stringify(frame)) ?? false;
  }

  #portOf(session: string): Port {
    return {
      budget: this.#budget,
      status: () => this.#state.status,
      frameLimit: () => (this.#state.status === "open" ? this.#state.welcome.limits["frame"] : undefined) ?? wire.frame,
      send: (frame) => this.#send(frame),
      sendText: (text) => this.#link?.send(text) ?? false,
      roundTrip: (done) => this.#link?.roundTrip(done),
      report: (error) => this.#errors.emit(error),
      forget: (attached) => {
        this.#subscriptions.delete(session);
        if (attached && this.#send({ type: "detach", session })) this.#leaving.add(session);
      },
    };
  }

  #detachOnAbort(attachment: Attachment, signal: AbortSignal): void {
    const detach = (): void => attachment.detach();
    signal.addEventListener("abort", detach);
    const unsubscribe = attachment.subscribe(() => {
      const { status } = attachment.transcript;
      if (status !== "detached" && status !== "gone") return;
      signal.removeEventListener("abort", detach);
      unsubscribe();
    });
  }

  #mustBeUsable(): void {
    if (this.#state.status !== "closed") return;
    throw new ClientError("CLOSED", "The connection is closed: make another one with connect().", {
      cause: this.#state.reason,
    });
  }
}
