import type { AgentMessage, PiState, Usage } from "@pier/protocol";

/** A model as pi describes it; newer members pass through. */
export interface PiModel {
  id: string;
  provider: string;
  name?: string;
  api?: string;
  reasoning?: boolean;
  input?: string[];
  contextWindow?: number;
  maxTokens?: number;
  cost?: { input: number; output: number; cacheRead: number; cacheWrite: number };
}

/** A command that a prompt may begin with, as `/name`. */
export interface PiSlashCommand {
  name: string;
  description?: string;
  source: "extension" | "prompt" | "skill" | (string & {});
  sourceInfo?: { path?: string; source?: string; scope?: string; origin?: string; baseDir?: string };
}

/** An entry of pi's session file. */
export interface PiEntry {
  type: string;
  id: string;
  parentId: string | null;
  timestamp?: string;
  [member: string]: unknown;
}

export interface PiTreeNode {
  entry: PiEntry;
  children: PiTreeNode[];
  label?: string;
  labelTimestamp?: string;
}

export interface PiSessionStats {
  sessionFile?: string;
  sessionId: string;
  userMessages: number;
  assistantMessages: number;
  toolCalls: number;
  toolResults: number;
  totalMessages: number;
  tokens: { input: number; output: number; cacheRead: number; cacheWrite: number; total: number };
  /** US dollars. */
  cost: number;
  /** `tokens` and `percent` are null just after a compaction. */
  contextUsage?: { tokens: number | null; contextWindow: number; percent: number | null };
}

export interface PiBashResult {
  output: string;
  exitCode?: number;
  cancelled: boolean;
  truncated: boolean;
  fullOutputPath?: string;
}

export interface PiCompaction {
  summary: string;
  firstKeptEntryId: string;
  tokensBefore: number;
  estimatedTokensAfter?: number;
  usage?: Usage;
  details?: unknown;
}

/** What pi did with a prompt, from 0.99 on. */
export type PiPrompted = { disposition?: string } | undefined;

type Cancellable = { cancelled: boolean };

/** The `data` of each command's reply, as pi's `docs/rpc-commands.md` has it. Received data is not checked against this. */
export interface PiReplies {
  prompt: PiPrompted;
  steer: PiPrompted;
  follow_up: PiPrompted;
  abort: void;
  clear_queue: { steering: string[]; followUp: string[] };
  new_session: Cancellable;
  get_state: PiState;
  get_messages: { messages: AgentMessage[] };
  set_model: PiModel;
  cycle_model: { model: PiModel; thinkingLevel: string; isScoped: boolean } | null;
  get_available_models: { models: PiModel[] };
  set_thinking_level: void;
  cycle_thinking_level: { level: string } | null;
  get_available_thinking_levels: { levels: string[] };
  set_steering_mode: void;
  set_follow_up_mode: void;
  compact: PiCompaction;
  set_auto_compaction: void;
  set_auto_retry: void;
  abort_retry: void;
  bash: PiBashResult;
  abort_bash: void;
  get_session_stats: PiSessionStats;
  export_html: { path: string };
  switch_session: Cancellable;
  fork: Cancellable & { text?: string };
  clone: Cancellable;
  get_fork_messages: { messages: { entryId: string; text: string }[] };
  get_entries: { entries: PiEntry[]; leafId: string | null };
  get_tree: { tree: PiTreeNode[]; leafId: string | null };
  get_last_assistant_text: { text: string | null };
  set_session_name: void;
  get_commands: { commands: PiSlashCommand[] };
}
