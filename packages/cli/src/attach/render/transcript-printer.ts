import type { AgentMessage, AssistantMessage, LiveState, OpenMessage, ToolResultMessage } from "@pier/protocol";
import { bodyText } from "@pier/tui/text";
import type { Style } from "../../text/style.ts";
import { type Chunk, chunk, line } from "./chunk.ts";
import { messageChunks } from "./message-chunks.ts";
import type { Call } from "./tool-line.ts";

/** An assistant's message of which a part is printed. */
interface Printing {
  /** When it began, by which it is recognised after a snapshot; the object itself where pi gives no time. */
  id: unknown;
  /** What was printed of each content block. */
  printed: Map<number, string>;
}

/** How many messages are remembered, to find what is new in a snapshot. */
const memory = 200;

/**
 * Turns a transcript into text that is only ever appended to: finished messages, and what is in flight as it comes.
 * Pure: it holds what was printed and answers what to print next.
 */
export class TranscriptPrinter {
  readonly #calls = new Map<string, Call>();
  readonly #known: string[] = [];
  #printing: Printing | null = null;
  #kind = "";
  #atLineStart = true;

  /** Prints messages that were finished. */
  items(messages: readonly AgentMessage[]): Chunk[] {
    return messages.flatMap((message) => {
      this.#remember(message);
      return message.role === "assistant" ? this.#assistant(message as AssistantMessage) : this.#whole(message);
    });
  }

  /** Prints what came since of the message in flight, and remembers which tools run. */
  live({ message, tools }: Pick<LiveState, "message" | "tools">): Chunk[] {
    for (const run of tools.values()) {
      const duration = run.durationMs;
      this.#calls.set(run.toolCallId, {
        name: run.toolName,
        arguments: run.args,
        ...(duration !== undefined && { duration }),
      });
    }
    if (message?.start.role !== "assistant") return this.#printing ? this.#giveUp() : [];
    const chunks: Chunk[] = [];
    if (this.#printing && this.#printing.id !== idOf(message.start)) chunks.push(...this.#giveUp());
    this.#printing ??= { id: idOf(message.start), printed: new Map() };
    return [...chunks, ...this.#continue(message)];
  }

  /** Prints what a snapshot holds that was not printed: all of it when nothing of it was. */
  snapshot(messages: readonly AgentMessage[]): { chunks: Chunk[]; continued: boolean } {
    const last = messages.findLastIndex((message) => this.#known.includes(fingerprint(message)));
    const continued = last !== -1 || this.#known.length === 0;
    if (!continued) this.#giveUp();
    return { chunks: this.items(messages.slice(last + 1)), continued };
  }

  /** Prints something that is not part of the transcript. */
  note(chunks: readonly Chunk[]): Chunk[] {
    if (chunks.length === 0) return [];
    return [...this.#begin("note"), ...this.#emit(chunks)];
  }

  #whole(message: AgentMessage): Chunk[] {
    const { toolCallId } = message as ToolResultMessage;
    const chunks = messageChunks(message, this.#calls.get(toolCallId));
    if (message.role === "toolResult") this.#calls.delete(toolCallId);
    if (chunks.length === 0) return [];
    return [...this.#begin(message.role), ...this.#emit(chunks)];
  }

  #assistant(message: AssistantMessage): Chunk[] {
    const own = this.#printing !== null && this.#printing.id === idOf(message) ? this.#printing.printed : null;
    const chunks = own || !this.#printing ? [] : this.#giveUp();
    const printed = own ?? new Map<number, string>();
    for (const [index, block] of message.content.entries()) {
      if (block.type === "text") chunks.push(...this.#block(index, "text", bodyText(block.text), printed));
      else if (block.type === "thinking")
        chunks.push(...this.#block(index, "thinking", bodyText(block.thinking), printed));
      else if (block.type === "toolCall") this.#calls.set(block.id, { name: block.name, arguments: block.arguments });
    }
    this.#printing = null;
    chunks.push(...this.#endLine());
    if (message.stopReason === "error") {
      const why = message.errorMessage ?? "no reason was given";
      chunks.push(...this.#begin("error"), ...this.#emit([line(`Model request failed: ${why}`, "bad")]));
    } else if (message.stopReason === "aborted") {
      chunks.push(...this.#begin("error"), ...this.#emit([line("Stopped.", "dim")]));
    }
    return chunks;
  }

  #continue({ blocks }: OpenMessage): Chunk[] {
    const printed = this.#printing?.printed ?? new Map<number, string>();
    return blocks.flatMap(({ kind, contentIndex, text }) =>
      kind === "toolcall" ? [] : this.#block(contentIndex, kind, text, printed),
    );
  }

  /** Prints the rest of a content block. Earlier blocks do not grow any more once a later one was begun. */
  #block(index: number, kind: "text" | "thinking", text: string, printed: Map<number, string>): Chunk[] {
    const before = printed.get(index);
    const style: Style = kind === "thinking" ? "dim" : "plain";
    if (before === undefined) {
      // Some models begin with empty lines; people need not see them.
      const begun = text.replace(/^\s+/, "");
      if (begun === "") return [];
      printed.set(index, text);
      return [...this.#begin(`${kind} ${index}`), ...this.#emit([chunk(begun, style)])];
    }
    if (text.length <= before.length || !text.startsWith(before)) return [];
    printed.set(index, text);
    const rest = text.slice(before.length);
    if (this.#kind === `${kind} ${index}`) return this.#emit([chunk(rest, style)]);
    // Something else was said in between.
    const begun = rest.replace(/^\s+/, "");
    return begun === "" ? [] : [...this.#begin(`${kind} ${index}`), ...this.#emit([chunk(begun, style)])];
  }

  /** The message in flight will not go on. */
  #giveUp(): Chunk[] {
    this.#printing = null;
    return this.#endLine();
  }

  /** Starts a block: on a line of its own, with an empty one before it unless it follows its like. */
  #begin(kind: string): Chunk[] {
    const chunks = this.#endLine();
    const joins = kind === this.#kind && (kind === "toolResult" || kind === "note");
    if (this.#kind !== "" && !joins) chunks.push(...this.#emit([line("")]));
    this.#kind = kind;
    return chunks;
  }

  #endLine(): Chunk[] {
    return this.#atLineStart ? [] : this.#emit([line("")]);
  }

  #emit(chunks: readonly Chunk[]): Chunk[] {
    const shown = chunks.filter(({ text }) => text !== "");
    const last = shown.at(-1);
    if (last) this.#atLineStart = last.text.endsWith("\n");
    return shown;
  }

  #remember(message: AgentMessage): void {
    this.#known.push(fingerprint(message));
    if (this.#known.length > memory) this.#known.shift();
  }
}

function idOf(message: AgentMessage): unknown {
  return message.timestamp ?? message;
}

/** Names a message over snapshots, whose keys are others. */
function fingerprint(message: AgentMessage): string {
  const { role, timestamp } = message;
  const { toolCallId } = message as { toolCallId?: unknown };
  return `${role} ${timestamp ?? JSON.stringify(message).length} ${typeof toolCallId === "string" ? toolCallId : ""}`;
}
