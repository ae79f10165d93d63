import type { ServerFrame } from "@pier/protocol";

type Concerning = Exclude<ServerFrame, { type: "welcome" | "pong" | "notice" | "sessions" }>;

/**
 * Sessions that were detached and whose `detached` did not come yet. Frames of theirs are still on the way; a new attachment
 * to the same session must not take them for its own.
 */
export class Leaving {
  readonly #counts = new Map<string, number>();

  add(session: string): void {
    this.#counts.set(session, (this.#counts.get(session) ?? 0) + 1);
  }

  clear(): void {
    this.#counts.clear();
  }

  /** Whether the frame belongs to an attachment that is over. */
  concerns(frame: Concerning): boolean {
    const { session } = frame;
    const count = session === undefined ? 0 : (this.#counts.get(session) ?? 0);
    if (session === undefined || count === 0) return false;
    // A refused detach ends the attachment as well: there was none.
    if (frame.type === "detached" || (frame.type === "error" && frame.re === "detach")) {
      if (count > 1) this.#counts.set(session, count - 1);
      else this.#counts.delete(session);
    }
    return true;
  }
}
