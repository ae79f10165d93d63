import type { LiveState } from "@pier/protocol";
import type { ToolCallView } from "./tool-call-view.ts";

interface OpenCall {
  view: ToolCallView;
  /** Whether its message is finished, so that its tool is to be run; and whether pi will not run it. */
  message: "open" | "finished" | "failed";
}

/**
 * The tool calls that still wait for their results. Those of a message are closed by the next message of a person or the
 * model: pi has answered all by then.
 */
export class ToolCalls {
  readonly #open = new Map<string, OpenCall>();

  clear(): void {
    this.#open.clear();
  }

  open(id: string, view: ToolCallView, message: OpenCall["message"]): void {
    const other = this.#open.get(id)?.view;
    if (other && other !== view) {
      other.setRun(undefined);
      other.setEnd("stopped");
    }
    this.#open.set(id, { view, message });
  }

  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** Gives a call of a finished message its result. Returns whether there is such a call. */
  answer(id: string, message: object): boolean {
    const call = this.#open.get(id);
    if (!call || call.message === "open") return false;
    call.view.answer(message);
    this.#open.delete(id);
    return true;
  }

  /** Forgets the calls of a message that is not in flight any more; what is finished of it was opened again as that. */
  forgetOpen(): void {
    for (const [id, { message }] of this.#open) if (message === "open") this.#open.delete(id);
  }

  /** No result will come for the calls of finished messages. */
  close(): void {
    for (const [id, { view, message }] of this.#open) {
      if (message === "open") continue;
      view.setRun(undefined);
      view.setEnd(message === "failed" ? "not run" : "stopped");
      this.#open.delete(id);
    }
  }

  /** Shows how the calls stand. */
  update({ tools, running }: LiveState): void {
    for (const [id, { view, message }] of this.#open) {
      const run = tools.get(id);
      view.setRun(run);
      if (run || message === "open") view.setEnd(undefined);
      else view.setEnd(message === "failed" ? "not run" : running ? undefined : "stopped");
    }
  }
}
