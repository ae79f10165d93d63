import { record } from "@pier/client/messages";
import type { BashRun, LiveState, OpenMessage, ToolRun } from "@pier/protocol";
import type { Block } from "../screen/block.ts";
import { Stack } from "../screen/stack.ts";
import { Spaced } from "./base/spaced.ts";
import { AssistantView, type Kind } from "./messages/assistant-view.ts";
import { ShellRunView } from "./messages/shell-command.ts";
import type { Setting } from "./setting.ts";
import { ToolCallView } from "./tools/tool-call-view.ts";
import type { ToolCalls } from "./tools/tool-calls.ts";

interface ToolPart {
  run: ToolRun;
  view: ToolCallView;
  spaced: Spaced;
}

interface ShellPart {
  run: BashRun;
  spaced: Spaced;
}

/** What is in flight: tools whose call is not held, the model's message, direct shell commands. */
export class LiveParts {
  readonly #setting: Setting;
  readonly #calls: ToolCalls;
  readonly #stack = new Stack();
  #message: AssistantView | null = null;
  readonly #tools = new Map<string, ToolPart>();
  readonly #shell = new Map<string, ShellPart>();
  #notes: Spaced[] = [];

  constructor(setting: Setting, calls: ToolCalls) {
    this.#setting = setting;
    this.#calls = calls;
  }

  render(width: number): readonly string[] {
    return this.#stack.render(width);
  }

  invalidate(): void {
    this.#stack.invalidate();
  }

  dropAbove(rows: number, width: number): number {
    return this.#stack.dropAbove(rows, width);
  }

  clear(): void {
    this.#message = null;
    this.#tools.clear();
    this.#shell.clear();
    this.#stack.clear();
  }

  /** Whether a message is in flight, and whether rows of it were let go of. */
  get message(): { dropped: boolean } | null {
    return this.#message;
  }

  /** Gives the view of the message in flight away: the message is finished. */
  takeMessage(): AssistantView | null {
    const message = this.#message;
    this.#message = null;
    if (message) this.#stack.remove(message);
    return message;
  }

  /** Shows what is in flight as it is now, below something of a kind and above notes. */
  update(live: LiveState, above: Kind, notes: readonly Block[]): void {
    // The message first: it says which calls there are.
    this.#updateMessage(live.message, above);
    this.#calls.update(live);
    const tools = this.#updateTools(live);
    const shown = tools.length > 0 ? "tool" : above;
    const message = tools.length > 0 ? this.#updateMessage(live.message, shown) : this.#message ? [this.#message] : [];
    const shell = this.#updateShell(live, this.#message?.kind ?? shown);
    const blocks = [...tools, ...message, ...shell, ...this.#updateNotes(notes)];
    const now = this.#stack.blocks;
    if (blocks.length !== now.length || blocks.some((block, at) => block !== now[at])) this.#stack.replace(blocks);
  }

  #updateNotes(notes: readonly Block[]): Block[] {
    this.#notes = notes.map((note, at) => (this.#notes[at]?.inner === note ? this.#notes[at] : new Spaced(note, true)));
    return this.#notes;
  }

  #updateTools({ tools }: LiveState): Block[] {
    for (const id of this.#tools.keys()) if (!tools.has(id) || this.#calls.has(id)) this.#tools.delete(id);
    const blocks: Block[] = [];
    for (const [id, run] of tools) {
      if (this.#calls.has(id)) continue;
      const known = this.#tools.get(id);
      const shown = known?.run === run ? known : this.#createTool(run);
      this.#tools.set(id, shown);
      shown.view.setRun(run);
      blocks.push(shown.spaced);
    }
    return blocks;
  }

  #createTool(run: ToolRun): ToolPart {
    const view = new ToolCallView(this.#setting);
    view.setCall({ name: run.toolName, args: record(run.args), state: "finished" });
    return { run, view, spaced: new Spaced(view, true) };
  }

  #updateMessage(message: OpenMessage | null, above: Kind): Block[] {
    if (message?.start.role !== "assistant") {
      if (this.#message) this.#calls.forgetOpen();
      // It went without being finished: its rows that were printed are not true any more.
      if (this.#message?.dropped) this.#setting.outdate();
      this.#message = null;
      return [];
    }
    // Its calls are named anew by each update: another message may have taken its place.
    this.#calls.forgetOpen();
    this.#message ??= new AssistantView(this.#setting, this.#calls);
    this.#message.update(message, above);
    return [this.#message];
  }

  #updateShell({ bash }: LiveState, above: Kind): Block[] {
    for (const id of this.#shell.keys()) if (!bash.has(id)) this.#shell.delete(id);
    const blocks: Block[] = [];
    for (const [id, run] of bash) {
      const known = this.#shell.get(id);
      const shown =
        known?.run === run ? known : { run, spaced: new Spaced(new ShellRunView(run, this.#setting.view), true) };
      shown.spaced.apart = blocks.length > 0 || above !== null;
      this.#shell.set(id, shown);
      blocks.push(shown.spaced);
    }
    return blocks;
  }
}
