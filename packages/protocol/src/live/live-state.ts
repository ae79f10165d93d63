import type { Payload } from "../frames/common.ts";
import { isObject } from "../is-object.ts";
import { isHiddenMessage } from "../records/hidden-message.ts";
import type { AgentMessage } from "../records/messages.ts";
import type { PiState } from "../records/state.ts";
import { type OpenMessage, openMessageEvents, updateOpenMessage } from "./open-message.ts";
import {
  appendBashOutput,
  type BashRun,
  bashRunEvents,
  bashRunId,
  startBashRun,
  type ToolRun,
  toolRunEvents,
  updateToolRuns,
} from "./running-work.ts";

export interface Retry {
  attempt: number;
  maxAttempts: number;
  delayMs: number;
  errorMessage: string;
}

/**
 * The part of a session that is in flight, folded from pi's records in their order. The daemon and the client run this
 * same code: the daemon keeps where finished messages stand, the client keeps the messages.
 */
export class LiveState {
  /** From `agent_start` to `agent_settled`. */
  running = false;
  message: OpenMessage | null = null;
  readonly tools = new Map<string, ToolRun>();
  readonly bash = new Map<string, BashRun>();
  queue: { steering: string[]; followUp: string[] } = { steering: [], followUp: [] };
  compaction: { reason: string } | null = null;
  retry: Retry | null = null;
  pi: PiState | null = null;

  /**
   * Applies one record and returns the message that it finished, if any. Records that are unknown or make no sense change
   * nothing, and none of them throws: a pi that talks nonsense must not take the daemon with it.
   */
  apply(payload: Payload): AgentMessage | null {
    switch (payload.type) {
      case "message_update":
        if (this.message) updateOpenMessage(this.message, payload);
        return null;
      case "message_start":
        this.message =
          isMessage(payload.message) && !isHiddenMessage(payload.message)
            ? { start: withoutContent(payload.message), blocks: [] }
            : null;
        return null;
      case "message_end":
        return this.#endMessage(payload.message);
      case "tool_execution_start":
      case "tool_execution_update":
      case "tool_execution_end":
        updateToolRuns(this.tools, payload);
        return null;
      case "agent_start":
        this.running = true;
        return null;
      case "agent_end":
        this.#endRun();
        return null;
      case "agent_settled":
        this.#endRun();
        this.running = false;
        return null;
      case "queue_update":
        this.queue = { steering: texts(payload.steering), followUp: texts(payload.followUp) };
        return null;
      case "compaction_start":
        this.compaction = { reason: text(payload.reason) };
        return null;
      case "compaction_end":
        this.compaction = null;
        return compactionSummary(payload.result);
      case "auto_retry_start":
        this.retry = pickRetry(payload);
        this.running = true;
        return null;
      case "auto_retry_end":
        this.retry = null;
        return null;
      case "thinking_level_changed":
        if (typeof payload.level === "string") this.pi = { ...this.pi, thinkingLevel: payload.level };
        return null;
      case "session_info_changed":
        this.pi = withName(this.pi, payload.name);
        return null;
      case "pier_bash_start":
        startBashRun(this.bash, payload);
        return null;
      case "bash_execution_update": {
        const run = this.#bashRunOf(payload);
        if (run) appendBashOutput(run, payload.delta);
        return null;
      }
      case "response":
        return this.#applyResponse(payload);
      default:
        return null;
    }
  }

  /** The events that rebuild what is in flight: applied to a fresh state they give an equal `message`, `tools` and `bash`. */
  tail(): Payload[] {
    return [
      ...(this.message ? openMessageEvents(this.message) : []),
      ...[...this.tools.values()].flatMap(toolRunEvents),
      ...[...this.bash.values()].flatMap(bashRunEvents),
    ];
  }

  /** What was in flight is gone: the process ended, or another conversation took its place. */
  interrupt(): void {
    this.#endRun();
    this.running = false;
    this.bash.clear();
    this.queue = { steering: [], followUp: [] };
    this.compaction = null;
    this.retry = null;
  }

  #endMessage(message: unknown): AgentMessage | null {
    this.message = null;
    if (!isMessage(message) || isHiddenMessage(message)) return null;
    const { toolCallId } = message as { toolCallId?: unknown };
    if (message.role === "toolResult" && typeof toolCallId === "string") this.tools.delete(toolCallId);
    return message;
  }

  #endRun(): void {
    this.message = null;
    this.tools.clear();
  }

  /** Two replies are for everyone: the daemon's own `get_state`, and the end of a direct shell command. */
  #applyResponse(payload: Payload): AgentMessage | null {
    if (payload.command === "get_state" && payload.success === true) {
      if (isObject(payload.data)) this.pi = payload.data;
      return null;
    }
    const run = this.#bashRunOf(payload);
    if (payload.command !== "bash" || !run) return null;
    this.bash.delete(run.id);
    return payload.success === true && isObject(payload.data) ? bashExecution(run, payload.data) : null;
  }

  #bashRunOf(payload: Payload): BashRun | undefined {
    const id = bashRunId(payload);
    return id === undefined ? undefined : this.bash.get(id);
  }
}

/** The message pi keeps of a direct shell command; its end comes as a reply, not as a `message_end`. */
function bashExecution(run: BashRun, data: Record<string, unknown>): AgentMessage {
  return {
    ...data,
    role: "bashExecution",
    command: run.command,
    output: text(data.output),
    cancelled: data.cancelled === true,
    truncated: data.truncated === true,
    ...(run.excludeFromContext && { excludeFromContext: true }),
  };
}

function pickRetry(payload: Payload): Retry {
  return {
    attempt: count(payload.attempt),
    maxAttempts: count(payload.maxAttempts),
    delayMs: count(payload.delayMs),
    errorMessage: text(payload.errorMessage),
  };
}

function withName(state: PiState | null, name: unknown): PiState {
  const { sessionName: _old, ...rest } = state ?? {};
  return typeof name === "string" ? { ...rest, sessionName: name } : rest;
}

function compactionSummary(result: unknown): AgentMessage | null {
  if (!isObject(result)) return null;
  const { summary, tokensBefore } = result;
  return {
    role: "compactionSummary",
    summary: text(summary),
    ...(typeof tokensBefore === "number" && { tokensBefore }),
  };
}

/** pi may write a `message_start` when the first words are in it already; the updates after it repeat them. */
function withoutContent(start: AgentMessage): AgentMessage {
  return start.role === "assistant" ? { ...start, content: [] } : start;
}

function isMessage(value: unknown): value is AgentMessage {
  return isObject(value) && typeof value.role === "string";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
