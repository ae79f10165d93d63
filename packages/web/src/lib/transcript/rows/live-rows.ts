import { readableError } from "@pier/client/messages";
import type { LiveState, OpenMessage } from "@pier/protocol";
import { timeOf, toolRow } from "./finished-rows.ts";
import { liveName } from "./live-name.ts";
import type { ObservedTimes } from "./observed-times.ts";
import { openRows } from "./open-rows.ts";
import type { PartRow, Row, ShellRow, WaitRow } from "./row.ts";
import { runningRow, type Turn } from "./turn.ts";

/** What is in flight, as rows at the end of the conversation; and how its rows are named, for the time when it is finished. */
export class LiveRows {
  readonly #times: ObservedTimes;
  #message: OpenMessage | null = null;
  #base = "";
  #count = 0;
  /** Shell commands in flight by their ids, which may come again. */
  readonly #shell = new Map<string, { command: string; key: string }>();

  constructor(times: ObservedTimes) {
    this.#times = times;
  }

  /** The rows of what is in flight below a turn. */
  rows(live: LiveState, last: Turn | undefined): Row[] {
    const turn = last?.id ?? "live";
    const message = this.#messageRows(live.message, turn);
    const tools = this.#toolRows(live, last, turn);
    const shell = this.#shellRows(live);
    const wait = this.#wait(live, turn, message.length > 0, last);
    return [...tools, ...message, ...shell, ...(wait ? [wait] : [])];
  }

  /** Takes the name of the message in flight, which a finished one is. */
  takeName(finished: object): string | undefined {
    const open = this.#message;
    if (!open || timeOf(open.start) !== timeOf(finished)) return undefined;
    this.#message = null;
    return this.#base;
  }

  /** Takes the name of a shell command in flight. */
  takeShellName(command: string): string | undefined {
    for (const [id, shown] of this.#shell) {
      if (shown.command !== command) continue;
      this.#shell.delete(id);
      return shown.key;
    }
    return undefined;
  }

  #messageRows(message: OpenMessage | null, turn: string): PartRow[] {
    if (message?.start.role !== "assistant") {
      this.#message = null;
      return [];
    }
    // After a snapshot it is another object, but the same message.
    const isSame = this.#message && timeOf(this.#message.start) === timeOf(message.start);
    if (!isSame) this.#base = liveName(++this.#count);
    this.#message = message;
    return openRows(message, { base: this.#base, turn }, this.#times);
  }

  /** Runs whose call is not in the transcript, or not held here. */
  #toolRows({ tools }: LiveState, last: Turn | undefined, turn: string): PartRow[] {
    const rows: PartRow[] = [];
    for (const [id, run] of tools) {
      if (last?.hasOpenCall(id)) continue;
      const args = typeof run.args === "object" && run.args !== null ? (run.args as Record<string, unknown>) : {};
      const row = toolRow({ key: `run:${id}`, turn, call: id }, run.toolName, args, "running");
      rows.push(runningRow(row, run, this.#times, undefined));
    }
    return rows;
  }

  #shellRows({ bash }: LiveState): ShellRow[] {
    const rows: ShellRow[] = [];
    for (const [id, { command, output, excludeFromContext: excluded }] of bash) {
      const { key } = this.#shell.get(id) ?? { key: `shell:${++this.#count}` };
      this.#shell.set(id, { command, key });
      this.#times.begin(key);
      const state = { state: "running", exitCode: undefined, truncated: false } as const;
      rows.push({
        kind: "shell",
        key,
        turn: "live",
        command,
        output,
        excluded,
        ...state,
        since: this.#times.since(key),
      });
    }
    return rows;
  }

  #wait(live: LiveState, turn: string, isWriting: boolean, last: Turn | undefined): WaitRow | null {
    const { retry, compaction, running, tools } = live;
    const row = (what: WaitRow["for"], text: string, name: string): WaitRow => {
      const key = `wait:${name}`;
      this.#times.begin(key);
      return { kind: "wait", key, turn, for: what, text, since: this.#times.since(key) };
    };
    if (compaction) return row("compaction", "Compacting the conversation", `compaction:${last?.items.length ?? 0}`);
    if (retry) {
      const { attempt, maxAttempts, errorMessage } = retry;
      const text = `${readableError(errorMessage)}. Trying again, ${attempt} of ${maxAttempts}`;
      return row("retry", text, `retry:${last?.items.length ?? 0}:${attempt}`);
    }
    if (!running || isWriting || tools.size > 0) return null;
    return row("model", "Waiting for the model", `model:${last?.id ?? ""}:${last?.items.length ?? 0}`);
  }
}
