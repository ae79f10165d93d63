import { limits, replaceMembers } from "@pier/protocol";
import type { Peer } from "../../peer.ts";
import { errorFrame } from "./codes.ts";
import type { Numbered, Sendable } from "./translate-frame.ts";
import type { Welcome } from "./welcome.ts";

/**
 * What goes to one client: nothing before `welcome`, then everything numbered without gaps. A client that does not take
 * what it is sent gets no more.
 */
export class Feed {
  readonly #peer: Peer;
  readonly #onSlow: () => void;
  /** Undefined before `welcome`. */
  #seq: number | undefined;
  #held: (() => void)[] = [];
  #heldSize = 0;
  /** Bytes on their way that the client asked for: however much that is, it does not make the client a slow one. */
  #asked = 0;

  constructor(peer: Peer, onSlow: () => void) {
    this.#peer = peer;
    this.#onSlow = onSlow;
  }

  begin({ frame, currentSeq, following }: Welcome): void {
    this.#sendAsked(frame);
    this.#seq = currentSeq;
    for (const outgoing of following) this.#sendAsked(numbered(outgoing, this.#nextSeq()));
    const held = this.#held;
    this.#held = [];
    for (const send of held) send();
  }

  /** Sends something of the session. */
  add(outgoing: Sendable): void {
    if (outgoing.kind === "expired")
      return this.say(errorFrame("EXTENSION_UI_TIMEOUT", `Nobody answered the dialog ${outgoing.id} in time.`));
    if (this.#mustHold(outgoing.text.length, () => this.add(outgoing))) return;
    if (this.#peer.queued - this.#asked > limits.connectionQueue) return this.#onSlow();
    this.#peer.send(numbered(outgoing, this.#nextSeq()));
  }

  /** Sends the reply to a command of this client. */
  reply(payload: string): void {
    if (this.#mustHold(payload.length, () => this.reply(payload))) return;
    this.#sendAsked(numbered({ kind: "event", text: payload }, this.#nextSeq()));
  }

  /** Sends what has no number. */
  say(frame: string): void {
    if (!this.#mustHold(frame.length, () => this.say(frame))) this.#peer.send(frame);
  }

  #mustHold(size: number, later: () => void): boolean {
    if (this.#seq !== undefined) return false;
    this.#heldSize += size;
    if (this.#heldSize > limits.connectionQueue) this.#onSlow();
    else this.#held.push(later);
    return true;
  }

  #nextSeq(): number {
    this.#seq = (this.#seq ?? 0) + 1;
    return this.#seq;
  }

  #sendAsked(frame: string): void {
    const wasDrained = this.#asked === 0;
    this.#asked += Buffer.byteLength(frame);
    this.#peer.send(frame);
    if (wasDrained) this.#peer.whenDrained(() => (this.#asked = 0));
  }
}

function numbered({ kind, text }: Numbered, seq: number): string {
  if (kind === "event") return `{"type":"event","seq":${seq},"payload":${text}}`;
  return replaceMembers(text, ["type", "seq"], `"type":"extension_ui_request","seq":${seq}`);
}
