import { list, number, record, string } from "@pier/client/messages";
import type { AgentMessage } from "@pier/protocol";
import { timeOf } from "./finished-rows.ts";
import type { ToolRow } from "./row.ts";

/** What a turn took: counted as its messages come. */
export class TurnNumbers {
  start: number | undefined;
  end: number | undefined;
  cost = 0;
  tools = 0;
  failed = 0;
  readonly #files = new Set<string>();

  get files(): number {
    return this.#files.size;
  }

  /** ms from the question to the answer's first word. */
  get took(): number | undefined {
    return this.start === undefined || this.end === undefined ? undefined : Math.max(0, this.end - this.start);
  }

  addMessage(message: AgentMessage): void {
    const time = timeOf(message);
    if (time !== undefined) {
      this.start ??= time;
      this.end = Math.max(this.end ?? time, time);
    }
    if (message.role !== "assistant") return;
    const { content, usage } = record(message);
    this.cost += number(record(record(usage)["cost"])["total"]) ?? 0;
    this.tools += list(content).filter((part) => record(part)["type"] === "toolCall").length;
  }

  addResult({ name, args, state }: ToolRow): void {
    if (state === "failed") this.failed++;
    else if (name === "edit" || name === "write") this.#files.add(string(args["path"] ?? args["file_path"]));
  }
}
