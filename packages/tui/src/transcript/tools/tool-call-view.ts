import { number, parsePartialJson, record } from "@pier/client/messages";
import type { ToolRun } from "@pier/protocol";
import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import { contentOf } from "../base/content.ts";
import { titleRow } from "../base/spans.ts";
import { margin } from "../base/wrap.ts";
import type { CallPart } from "../messages/assistant-parts.ts";
import { imageBlock } from "../messages/image-block.ts";
import type { Setting } from "../setting.ts";
import { failureOf } from "./failure.ts";
import { indent } from "./output-rows.ts";
import type { ToolCallState, ToolResult } from "./tool-call.ts";
import { toolRows } from "./tool-rows.ts";
import { toolStatus } from "./tool-status.ts";
import { toolTitle } from "./tool-title.ts";

/** A tool call from its first argument to its result: one row, and what it says below where that is wanted. */
export class ToolCallView implements Block {
  readonly #setting: Setting;
  #call: ToolCallState = { name: "", args: {} };
  /** Of these, `#call` has what was there when it was drawn last. */
  #args: CallPart["args"] = {};
  #state: CallPart["state"] = "finished";
  /** The result that came as a message; one of a run may still be another one. */
  #answered = false;
  /** What it printed, read when it is to be seen: while a tool runs that comes again and again. */
  #content: unknown = null;
  #said: { text: string; images: readonly Block[] } | null = null;
  #last: { width: number; rows: readonly string[] } | null = null;
  /** What of a run is shown. */
  #seen: { run: ToolRun; ended: boolean; output: unknown } | null = null;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get settled(): boolean {
    return this.#answered || this.#call.end !== undefined;
  }

  /** Takes what the model says of the call so far, or all of it. */
  setCall({ name, args, state }: Pick<CallPart, "name" | "args" | "state">): void {
    if (this.#call.name === name && this.#args === args && this.#state === state) return;
    this.#args = args;
    this.#state = state;
    this.#change({ ...this.#call, name });
  }

  /** Takes how the tool runs; undefined when nothing is known of that, any more. */
  setRun(run: ToolRun | undefined): void {
    if (this.#answered) return;
    const output = run?.ended ? run.result : run?.partialResult;
    const seen = this.#seen;
    if (seen?.run === run && seen?.output === output && seen?.ended === run?.ended) return;
    this.#seen = run ? { run, ended: run.ended, output } : null;
    const { run: _run, result: _result, ...rest } = this.#call;
    this.#say(record(output)["content"]);
    this.#change({ ...rest, ...(run && { run, ...(run.ended && { result: resultOfRun(run) }) }) });
  }

  /** Takes the message with the result. */
  answer(message: object): void {
    const { content, details, isError, durationMs } = record(message);
    this.#answered = true;
    const { end: _end, run, ...rest } = this.#call;
    const took = number(durationMs) ?? run?.durationMs;
    const result: ToolResult = { content, details, isError: isError === true, durationMs: took };
    this.#say(content);
    this.#change({ ...rest, result });
  }

  /** Says whether a result may still come, and otherwise why not. */
  setEnd(end: ToolCallState["end"]): void {
    if (this.#answered || this.#call.end === end) return;
    const { end: _end, ...rest } = this.#call;
    this.#change(end ? { ...rest, end } : rest);
  }

  render(width: number): readonly string[] {
    if (this.#last?.width !== width) this.#last = { width, rows: this.#rows(width) };
    return this.#last.rows;
  }

  invalidate(): void {
    this.#last = null;
    this.#said = null;
  }

  #change(call: ToolCallState): void {
    this.#call = call;
    this.#last = null;
  }

  #say(content: unknown): void {
    this.#content = content;
    this.#said = null;
  }

  #read(): { text: string; images: readonly Block[] } {
    const { text, images } = contentOf(this.#content);
    return { text, images: images.map((image) => imageBlock(image, this.#setting.view, indent)) };
  }

  #rows(width: number): string[] {
    const { theme } = this.#setting.view;
    const call = this.#withArguments();
    const { text, images } = (this.#said ??= this.#read());
    const failure = call.result?.isError ? failureOf(text, width) : null;
    const title = toolTitle(call, theme, this.#setting.cwd);
    const status = toolStatus(call, failure?.why ?? "", theme);
    return [
      " ".repeat(margin) + titleRow(title, status, width - 2 * margin),
      ...toolRows(call, text, failure, { width, theme, view: this.#setting.view }),
      ...images.flatMap((image) => image.render(width)),
    ];
  }

  /** Arguments that stream are read only when they are to be seen. */
  #withArguments(): ToolCallState {
    const args = this.#args;
    return {
      ...this.#call,
      args: typeof args === "string" ? argumentsSoFar(args) : args,
      ...(this.#state === "open" && { streaming: typeof args === "string" ? args.length : 0 }),
    };
  }
}

function argumentsSoFar(text: string): Record<string, unknown> {
  return parsePartialJson(text.slice(0, limits.openArguments));
}

function resultOfRun({ result, isError, durationMs }: ToolRun): ToolResult {
  const { content, details } = record(result);
  return { content, details, isError: isError === true, durationMs };
}
