import type { DialogAnswer, Payload, Window } from "@pier/protocol";
import { ClientError } from "../client-error.ts";
import { type CommandOptions, PiCommands } from "../pi/pi-commands.ts";
import type { Change } from "../transcript/change.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Subscription } from "./subscription.ts";

/** One session followed by one connection: what it shows, and what may be said to it. */
export class Attachment extends PiCommands {
  readonly session: string;
  readonly transcript: Transcript;
  /** Resolves at the first `attached`; rejects with a ClientError when there is no such session, or when it was ended before. */
  readonly ready: Promise<void>;
  readonly #subscription: Subscription;

  constructor(subscription: Subscription) {
    super();
    this.#subscription = subscription;
    this.session = subscription.transcript.session;
    this.transcript = subscription.transcript;
    this.ready = subscription.attached.promise;
  }

  /** Calls `listener` for each change of the transcript; the returned function ends that. */
  subscribe(listener: (change: Change) => void): () => void {
    return this.transcript.subscribe(listener);
  }

  /**
   * Sends any command of pi's RPC and resolves with its reply's `data`. The command's own `id` is chosen here.
   *
   * Commands for the model and such that only ask survive a lost connection: they are sent again, and happen once.
   *
   * @throws CommandError with pi's words, or with a code when the command did not reach pi; the signal's reason when aborted
   */
  override command(payload: Payload, options: CommandOptions = {}): Promise<unknown> {
    return this.#subscription.commands.submit(payload, options.signal);
  }

  /**
   * Answers a dialog. It stays open until the daemon confirms, here and everywhere.
   *
   * @returns false when it is closed already
   */
  answer(dialogId: string, answer: DialogAnswer): boolean {
    return this.#subscription.answer(dialogId, answer);
  }

  /**
   * Says whether a person looks at the session's end now. What ends while nobody does is unread, and read when somebody
   * looks again. It holds over reconnections.
   */
  look(looking: boolean): void {
    this.#subscription.look(looking);
  }

  /**
   * Puts the page before the first item in front of it. Calls while one is under way share it. `window`: how much is
   * wanted; what the daemon gives by itself without it.
   *
   * @returns how many items came: 0 at the beginning, and when a snapshot replaced everything meanwhile
   * @throws ClientError `TOO_MANY` when the transcript is full
   */
  loadOlder(window?: Window): Promise<number> {
    return this.#subscription.pages.load(window);
  }

  /** Ends the subscription; the session goes on. */
  detach(): void {
    this.#subscription.end("detached", new ClientError("DETACHED", "The attachment was ended."));
  }
}
