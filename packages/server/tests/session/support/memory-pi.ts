import type { Manner } from "./manners.ts";
import type { MemoryFiles } from "./memory-files.ts";
import { PiSession } from "./pi-session.ts";
import { runTurn } from "./pi-turn.ts";

export interface Command {
  id?: string;
  type: string;
  [member: string]: unknown;
}

/** Something that goes on in pi; each `next` is one step of it. */
export type Work = Generator<void, void>;

export interface MemoryPiOptions {
  manner: Manner;
  files: MemoryFiles;
  sessionFile: string | null;
  ephemeral: boolean;
  now(): number;
  /** Takes one line of stdout, without its line feed. */
  emit(line: string): void;
}

/** A scripted model of pi in RPC mode. What it is given it takes at once; what goes on in it waits for `step`. */
export class MemoryPi {
  /** Prompts as they came, in their order. */
  readonly received: { id: string; text: string }[] = [];
  readonly manner: Manner;
  readonly session: PiSession;
  readonly queue = { steering: [] as string[], followUp: [] as string[] };
  /** Dialogs that wait for an answer. */
  readonly dialogs = new Map<string, Record<string, unknown>>();
  readonly answers: Record<string, unknown>[] = [];
  turn: Work | undefined;
  /** Whether the turn began with its first message: it is not aborted before. */
  begun = false;
  /** The message that the turn is writing. */
  openMessage: Record<string, unknown> | undefined;
  readonly #options: MemoryPiOptions;
  #works: Work[] = [];
  #rest = Buffer.alloc(0);
  #count = 0;
  #thinkingLevel = "medium";

  constructor(options: MemoryPiOptions) {
    this.#options = options;
    this.manner = options.manner;
    this.session = new PiSession(options);
  }

  /** What goes on and can be stepped. */
  get works(): number {
    return this.#works.length;
  }

  emit(record: object): void {
    this.#options.emit(JSON.stringify(record));
  }

  now(): number {
    return this.#options.now();
  }

  newId(prefix: string): string {
    return `${prefix}${this.#count++}`;
  }

  /** Takes bytes of stdin. */
  take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let feed = this.#rest.indexOf(0x0a); feed !== -1; feed = this.#rest.indexOf(0x0a)) {
      const line = this.#rest.toString("utf8", 0, feed);
      this.#rest = this.#rest.subarray(feed + 1);
      this.#line(line);
    }
  }

  /** Takes one step of what goes on; false when nothing does. */
  step(choice = 0): boolean {
    const work = this.#works[choice % Math.max(1, this.#works.length)];
    if (!work) return false;
    if (work.next().done) this.#works = this.#works.filter((one) => one !== work);
    return true;
  }

  ask(request: Record<string, unknown>): string {
    const id = this.newId("d");
    this.dialogs.set(id, request);
    this.emit({ type: "extension_ui_request", id, ...request });
    return id;
  }

  tell(request: Record<string, unknown>): void {
    this.emit({ type: "extension_ui_request", id: this.newId("u"), ...request });
  }

  tellQueue(): void {
    this.emit({ type: "queue_update", steering: [...this.queue.steering], followUp: [...this.queue.followUp] });
  }

  reply(command: Command, data?: unknown): void {
    this.emit({
      id: command.id,
      type: "response",
      command: command.type,
      success: true,
      ...(data !== undefined && { data }),
    });
  }

  #fail(command: Command, error: string): void {
    this.emit({ id: command.id, type: "response", command: command.type, success: false, error });
  }

  #line(line: string): void {
    let command: Command;
    try {
      command = JSON.parse(line) as Command;
    } catch (error) {
      this.emit({
        type: "response",
        command: "parse",
        success: false,
        error: `Failed to parse command: ${String(error)}`,
      });
      return;
    }
    this.#command(command);
  }

  #command(command: Command): void {
    switch (command.type) {
      case "prompt":
      case "steer":
      case "follow_up":
        return this.#prompt(command);
      case "get_state":
        return this.reply(command, {
          ...this.session.state(),
          thinkingLevel: this.#thinkingLevel,
          isStreaming: this.turn !== undefined,
        });
      case "set_thinking_level":
        this.#thinkingLevel = String(command.level);
        this.emit({ type: "thinking_level_changed", level: command.level });
        return this.reply(command);
      case "set_session_name":
        this.session.name = String(command.name);
        this.emit({ type: "session_info_changed", name: command.name });
        return this.reply(command);
      case "bash":
        this.#works.push(this.#bash(command));
        return;
      case "abort":
        this.#works.push(this.#abort(command));
        return;
      case "new_session":
      case "fork":
      case "clone":
      case "switch_session":
        this.#works.push(this.#switch(command));
        return;
      case "get_last_assistant_text":
        return this.reply(command, { text: "" });
      case "extension_ui_response":
        if (this.dialogs.delete(String(command.id))) this.answers.push(command);
        return;
      default: {
        const answer = {
          type: "response",
          command: command.type,
          success: false,
          error: `Unknown command: ${command.type}`,
        };
        this.emit(this.manner.namesUnknown ? { id: command.id, ...answer } : answer);
      }
    }
  }

  #prompt(command: Command): void {
    const typed = String(command.message);
    this.received.push({ id: String(command.id), text: typed });
    if (typed.startsWith("/ask")) return void this.#works.push(this.#askCommand(command));
    if (typed.startsWith("/ui")) return this.#uiCommand(command);
    const text = typed.startsWith("/tpl") ? `expanded ${typed.slice(5)}` : typed;
    const behaviour = command.type === "prompt" ? command.streamingBehavior : command.type;
    if (this.turn || command.type !== "prompt") {
      if (behaviour === undefined) return this.#fail(command, "Agent is already processing.");
      this.queue[behaviour === "steer" ? "steering" : "followUp"].push(text);
      this.tellQueue();
      return this.#accepted(command, "queued");
    }
    if (!typed.includes("late")) this.#accepted(command, "started");
    this.begun = false;
    this.turn = this.#turn(text, typed.includes("late") ? command : null);
    this.#works.push(this.turn);
  }

  #accepted(command: Command, disposition: string): void {
    this.reply(command, this.manner.disposition ? { disposition } : undefined);
  }

  *#turn(text: string, late: Command | null): Work {
    yield* runTurn(this, text, () => late && this.#accepted(late, "started"));
    this.turn = undefined;
  }

  *#askCommand(command: Command): Work {
    const id = this.ask({ method: "confirm", title: "Sure?", message: String(command.message) });
    while (this.dialogs.has(id)) yield;
    this.#accepted(command, "handled");
  }

  #uiCommand(command: Command): void {
    const value = String(command.message).slice(4);
    this.tell({ method: "setStatus", statusKey: "mode", statusText: value });
    this.tell({ method: "setWidget", widgetKey: "list", widgetLines: [value, "two"] });
    this.tell({ method: "setTitle", title: value });
    this.tell({ method: "notify", message: value });
    this.#accepted(command, "handled");
  }

  *#bash(command: Command): Work {
    const parts = ["one\n", `${String(command.command)}\n`];
    yield;
    for (const delta of parts) {
      if (this.manner.bashUpdates) this.emit({ type: "bash_execution_update", id: command.id, delta });
      yield;
    }
    const data = { output: parts.join(""), exitCode: 0, cancelled: false, truncated: false };
    this.session.saveBash({ role: "bashExecution", command: command.command, ...data }, this.turn !== undefined);
    this.reply(command, data);
  }

  *#abort(command: Command): Work {
    while (this.dialogs.size > 0 || (this.turn && !this.begun)) yield;
    this.#endTurn(true);
    this.reply(command);
  }

  *#switch(command: Command): Work {
    yield;
    if (command.cancelled === true) return this.reply(command, { cancelled: true });
    this.#endTurn(this.manner.settles);
    yield;
    this.queue.steering.length = 0;
    this.queue.followUp.length = 0;
    if (command.type === "new_session") this.session.begin();
    else if (command.type === "switch_session") this.session.open(String(command.sessionPath));
    else this.session.fork();
    this.tell({ method: "setStatus", statusKey: "session", statusText: this.session.state().sessionId });
    this.reply(command, { cancelled: false });
  }

  /** Aborts the turn. @param tells whether its end is told */
  #endTurn(tells: boolean): void {
    if (!this.turn) return;
    this.#works = this.#works.filter((one) => one !== this.turn);
    this.turn = undefined;
    this.dialogs.clear();
    const message = this.openMessage && { ...this.openMessage, stopReason: "aborted" };
    this.openMessage = undefined;
    if (!tells) return;
    if (message) this.finish(message);
    this.emit({ type: "agent_end", messages: [] });
    this.session.flushBash(this.manner.flushesBash);
    if (this.manner.settles) this.emit({ type: "agent_settled" });
  }

  /** Writes a finished message to the file and to stdout, in the order of the version. */
  finish(message: Record<string, unknown>): void {
    if (this.manner.fileFirst) this.session.save(message);
    this.emit({ type: "message_end", message });
    if (!this.manner.fileFirst) this.session.save(message);
  }
}
