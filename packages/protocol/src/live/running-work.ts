import type { Payload } from "../frames/common.ts";
import { limits } from "../limits.ts";
import { setBounded } from "./set-bounded.ts";

/** A tool call between its start and the message that holds its result. */
export interface ToolRun {
  toolCallId: string;
  toolName: string;
  args: unknown;
  /** The latest partial result while it runs. */
  partialResult?: unknown;
  result?: unknown;
  isError?: boolean;
  /** How long the tool ran, in ms; pi tells it since 1.5. */
  durationMs?: number;
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

/** Applies a `tool_execution_*` record: a run may begin with any of them, and its end is final until another start. */
export function updateToolRuns(runs: Map<string, ToolRun>, payload: Payload): void {
  const { toolCallId } = payload;
  if (typeof toolCallId !== "string") return;
  let run = runs.get(toolCallId);
  if (payload.type === "tool_execution_start" || !run) {
    const toolName = typeof payload.toolName === "string" ? payload.toolName : "";
    run = { toolCallId, toolName, args: payload.args, ended: false };
    setBounded(runs, toolCallId, run, limits.toolRuns);
  }
  if (run.ended) return;
  if (payload.type === "tool_execution_update") run.partialResult = payload.partialResult;
  if (payload.type !== "tool_execution_end") return;
  run.ended = true;
  run.result = payload.result;
  run.isError = payload.isError === true;
  if (typeof payload.durationMs === "number") run.durationMs = payload.durationMs;
  delete run.partialResult;
}

/** The events that rebuild a tool run. */
export function toolRunEvents(run: ToolRun): Payload[] {
  const { toolCallId, toolName, args, partialResult, result, durationMs } = run;
  const events: Payload[] = [{ type: "tool_execution_start", toolCallId, toolName, args }];
  if (partialResult !== undefined)
    events.push({ type: "tool_execution_update", toolCallId, toolName, args, partialResult });
  if (run.ended) {
    const end = { toolCallId, toolName, result, isError: run.isError === true };
    events.push({ type: "tool_execution_end", ...end, ...(durationMs !== undefined && { durationMs }) });
  }
  return events;
}

/** Applies a `pier_bash_start`. */
export function startBashRun(runs: Map<string, BashRun>, payload: Payload): void {
  const id = bashRunId(payload);
  if (id === undefined) return;
  const command = typeof payload.command === "string" ? payload.command : "";
  setBounded(
    runs,
    id,
    { id, command, excludeFromContext: payload.excludeFromContext === true, output: "" },
    limits.bashRuns,
  );
}

/** The key of a direct shell command's records. */
export function bashRunId(payload: Payload): string | undefined {
  return typeof payload.id === "string" || typeof payload.id === "number" ? String(payload.id) : undefined;
}

/** Appends output to a run, keeping its end. */
export function appendBashOutput(run: BashRun, delta: unknown): void {
  if (typeof delta === "string") run.output = (run.output + delta).slice(-limits.bashOutput);
}

/** The events that rebuild a direct shell command. */
export function bashRunEvents(run: BashRun): Payload[] {
  const { id, command, excludeFromContext, output } = run;
  const events: Payload[] = [{ type: "pier_bash_start", id, command, excludeFromContext }];
  if (output !== "") events.push({ type: "bash_execution_update", id, delta: output });
  return events;
}
