import type { Attachment } from "../attachment/attachment.ts";
import type { PiSessionStats } from "../pi/pi-replies.ts";
import type { Change } from "../transcript/change.ts";
import { add, lastContext, nothing, type Totals, totalsOf } from "./usage-tally.ts";

/** What is known of a session in numbers; null is not known. */
export interface Numbers {
  totals: Totals | null;
  /** Tokens in the model's context. */
  context: number | null;
  /** How many fit. */
  window: number | null;
}

/**
 * Tokens and cost of a session: pi's own count after each turn, and since then what the finished messages tell. pi is
 * asked only while it runs and rests: a question would start a parked one, and wait for a suspended one.
 */
export class SessionNumbers {
  readonly #attachment: Attachment;
  readonly #onChange: () => void;
  readonly #end = new AbortController();
  #stats: PiSessionStats | null = null;
  /** What was said since pi counted. */
  #since = nothing;
  #context: number | null = null;
  #asking = false;
  /** Whether pi's count is older than its last turn. */
  #stale = true;
  #busy = false;

  constructor(attachment: Attachment, onChange: () => void) {
    this.#attachment = attachment;
    this.#onChange = onChange;
    this.#context = lastContext(attachment.transcript.items);
    this.#busy = this.#isBusy();
    this.#ask();
  }

  get numbers(): Numbers {
    const { live } = this.#attachment.transcript;
    const usage = this.#stats?.contextUsage;
    return {
      totals: this.#stats && add(this.#since, { ...tokensOf(this.#stats), cost: this.#stats.cost }),
      context: this.#context,
      window: known(live.pi?.model?.contextWindow) ?? known(usage?.contextWindow),
    };
  }

  update(change: Change): void {
    const { items } = this.#attachment.transcript;
    if (change.kind === "items") {
      const added = items.slice(change.from);
      this.#since = add(this.#since, totalsOf(added));
      if (added.some(({ message }) => message.role === "assistant" || message.role === "compactionSummary"))
        this.#context = lastContext(items);
    } else if (change.kind === "reset") {
      this.#stats = null;
      this.#since = nothing;
      this.#context = lastContext(items);
      this.#stale = true;
    }
    const busy = this.#isBusy();
    if (this.#busy && !busy) this.#stale = true;
    this.#busy = busy;
    this.#ask();
  }

  stop(): void {
    this.#end.abort();
  }

  #isBusy(): boolean {
    const { live } = this.#attachment.transcript;
    return live.running || live.compaction !== null;
  }

  #ask(): void {
    const { transcript } = this.#attachment;
    const rests = transcript.caughtUp && transcript.info?.activity === "idle" && !this.#busy;
    if (!this.#stale || this.#asking || !rests || this.#end.signal.aborted) return;
    this.#asking = true;
    this.#stale = false;
    const before = this.#since;
    this.#attachment
      .getSessionStats({ signal: this.#end.signal })
      .then(
        (stats) => this.#take(stats, before),
        // The next turn asks again; what is not known until then is not shown.
        () => {},
      )
      .finally(() => {
        this.#asking = false;
        if (!this.#end.signal.aborted) this.#ask();
      });
  }

  #take(stats: PiSessionStats, before: Totals): void {
    if (this.#end.signal.aborted || typeof stats !== "object" || stats === null) return;
    this.#stats = stats;
    const { input, output, cost } = this.#since;
    this.#since = { input: input - before.input, output: output - before.output, cost: cost - before.cost };
    const usage = stats.contextUsage;
    if (usage) this.#context = typeof usage.tokens === "number" ? usage.tokens : null;
    this.#onChange();
  }
}

function tokensOf({ tokens }: PiSessionStats): { input?: number; output?: number } {
  return typeof tokens === "object" && tokens !== null ? tokens : {};
}

function known(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : null;
}
