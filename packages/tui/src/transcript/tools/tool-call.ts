import type { ToolRun } from "@pier/protocol";

/** A tool call as far as it is known. */
export interface ToolCallState {
  name: string;
  /** As the model gave them, or as much of them as has come. */
  args: Record<string, unknown>;
  /** Characters of arguments, while the message is in flight. */
  streaming?: number;
  run?: ToolRun;
  result?: ToolResult;
  /** Why there will be no result. */
  end?: "not run" | "stopped";
}

/** The outcome of a call, in a message of its own, or still only in a run. */
export interface ToolResult {
  content: unknown;
  details: unknown;
  isError: boolean;
  durationMs: number | undefined;
}
