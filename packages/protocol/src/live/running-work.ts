import type { Payload } from "../frames/common.ts";
import { limits } from "../limits.ts";

/** A tool call between its start and the message that holds its result. */
export interface ToolRun {
  toolCallId: string;
  toolName: string;
  args: unknown;
  /** The latest partial result while it runs. */
  partialResult?: unknown;
  result?: unknown;
  isError?: boolean;
  ended: boolean;
}

/** A direct shell command between its start and its reply. */
export interface BashRun {
  id: string;
  command: string;
  excludeFromContext: boolean;
  /** The last `limits.bashOutput` characters. */
  output: string;
}

/** Applies a `tool_execution_*` record. */
export function updateToolRuns(runs: Map<string, ToolRun>, payload: Payload): void {
  const id = String(payload.toolCallId);
  const run = runs.get(id);
  if (payload.type === "tool_execution_start" || !run) {
    runs.set(id, { toolCallId: id, toolName: String(payload.toolName), args: payload.args, ended: false });
  }
  const current = runs.get(id) as ToolRun;
  if (payload.type === "tool_execution_update") current.partialResult = payload.partialResult;
  if (payload.type === "tool_execution_end") {
    current.ended = true;
    current.result = payload.result;
    current.isError = payload.isError === true;
    delete current.partialResult;
  }
}

/** The events that rebuild a tool run. */
export function toolRunEvents(run: ToolRun): Payload[] {
  const { toolCallId, toolName, args } = run;
  const events: Payload[] = [{ type: "tool_execution_start", toolCallId, toolName, args }];
  if (run.partialResult !== undefined) {
    events.push({ type: "tool_execution_update", toolCallId, toolName, args, partialResult: run.partialResult });
  }
  if (run.ended) {
    events.push({ type: "tool_execution_end", toolCallId, toolName, result: run.result, isError: run.isError === true });
  }
  return events;
}

/** Appends output to a run, keeping its end. */
export function appendBashOutput(run: BashRun, delta: string): void {
  run.output = (run.output + delta).slice(-limits.bashOutput);
}

/** The events that rebuild a direct shell command. */
export function bashRunEvents(run: BashRun): Payload[] {
  const { id, command, excludeFromContext, output } = run;
  const events: Payload[] = [{ type: "pier_bash_start", id, command, excludeFromContext }];
  if (output !== "") events.push({ type: "bash_execution_update", id, delta: output });
  return events;
}
