import type { Payload } from "../frames/common.ts";
import type { AgentMessage } from "../records/messages.ts";
import type { PiState } from "../records/state.ts";
import { type OpenMessage, openMessageEvents, updateOpenMessage } from "./open-message.ts";
import { appendBashOutput, type BashRun, bashRunEvents, type ToolRun, toolRunEvents, updateToolRuns } from "./running-work.ts";

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

  /** Applies one record and returns the message that it finished, if any. Unknown records change nothing. */
  apply(payload: Payload): AgentMessage | null {
    switch (payload.type) {
      case "message_update":
        if (this.message) updateOpenMessage(this.message, payload);
        return null;
      case "message_start":
        this.message = { start: payload.message as AgentMessage, blocks: [] };
        return null;
      case "message_end":
        return this.#endMessage(payload.message as AgentMessage);
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
        this.queue = { steering: (payload.steering as string[]) ?? [], followUp: (payload.followUp as string[]) ?? [] };
        return null;
      case "compaction_start":
        this.compaction = { reason: String(payload.reason) };
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
        this.pi = { ...this.pi, thinkingLevel: String(payload.level) };
        return null;
      case "session_info_changed":
        this.pi = withName(this.pi, payload.name);
        return null;
      case "pier_bash_start":
        this.bash.set(String(payload.id), {
          id: String(payload.id),
          command: String(payload.command),
          excludeFromContext: payload.excludeFromContext === true,
          output: "",
        });
        return null;
      case "bash_execution_update": {
        const run = this.bash.get(String(payload.id));
        if (run) appendBashOutput(run, String(payload.delta));
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

  #endMessage(message: AgentMessage): AgentMessage {
    this.message = null;
    if (message.role === "toolResult") this.tools.delete(String((message as { toolCallId?: unknown }).toolCallId));
    return message;
  }

  #endRun(): void {
    this.message = null;
    this.tools.clear();
  }

  /** Two replies are for everyone: the daemon's own `get_state`, and the end of a direct shell command. */
  #applyResponse(payload: Payload): AgentMessage | null {
    if (payload.command === "get_state" && payload.success === true) {
      this.pi = payload.data as PiState;
      return null;
    }
    const run = this.bash.get(String(payload.id));
    if (payload.command !== "bash" || !run) return null;
    this.bash.delete(run.id);
    if (payload.success !== true) return null;
    return {
      role: "bashExecution",
      command: run.command,
      ...(payload.data as { output: string; cancelled: boolean; truncated: boolean }),
      ...(run.excludeFromContext && { excludeFromContext: true }),
    };
  }
}

function pickRetry(payload: Payload): Retry {
  return {
    attempt: Number(payload.attempt),
    maxAttempts: Number(payload.maxAttempts),
    delayMs: Number(payload.delayMs),
    errorMessage: String(payload.errorMessage),
  };
}

function withName(state: PiState | null, name: unknown): PiState {
  const { sessionName: _old, ...rest } = state ?? {};
  return typeof name === "string" ? { ...rest, sessionName: name } : rest;
}

function compactionSummary(result: unknown): AgentMessage | null {
  if (typeof result !== "object" || result === null) return null;
  const { summary, tokensBefore } = result as { summary?: unknown; tokensBefore?: unknown };
  return { role: "compactionSummary", summary: String(summary ?? ""), ...(typeof tokensBefore === "number" && { tokensBefore }) };
}
