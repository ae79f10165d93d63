/**
 * pi's messages as they stand in records and session files (its `docs/message-types.md`).
 * They are read, never checked field by field: a record passes through as pi wrote it, and unknown roles are legal.
 */

/**
 * A string too large to travel with its message. Fetch the whole from `href`, relative to the daemon's base address;
 * `href` is null while the message that will hold it is not finished.
 */
export interface Elided {
  elided: true;
  /** UTF-8 bytes of the whole string. */
  bytes: number;
  href: string | null;
  head: string;
  tail: string;
}

/** Any string of a message may be elided in a window. */
export type Body = string | Elided;

export interface TextContent {
  type: "text";
  text: Body;
}

export interface ImageContent {
  type: "image";
  data: Body;
  mimeType: string;
}

export interface ThinkingContent {
  type: "thinking";
  thinking: Body;
  redacted?: boolean;
}

export interface ToolCall {
  type: "toolCall";
  id: string;
  name: string;
  arguments: Record<string, unknown>;
}

export interface Usage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  totalTokens: number;
  cost: { input: number; output: number; cacheRead: number; cacheWrite: number; total: number };
}

export interface UserMessage {
  role: "user";
  content: Body | (TextContent | ImageContent)[];
  timestamp?: number;
}

export interface AssistantMessage {
  role: "assistant";
  content: (TextContent | ThinkingContent | ToolCall)[];
  provider?: string;
  model?: string;
  usage?: Usage;
  stopReason?: string;
  errorMessage?: string;
  timestamp?: number;
}

export interface ToolResultMessage {
  role: "toolResult";
  toolCallId: string;
  toolName: string;
  content: (TextContent | ImageContent)[];
  details?: unknown;
  isError: boolean;
  timestamp?: number;
}

export interface BashExecutionMessage {
  role: "bashExecution";
  command: string;
  output: Body;
  exitCode?: number;
  cancelled: boolean;
  truncated: boolean;
  fullOutputPath?: string;
  excludeFromContext?: boolean;
  timestamp?: number;
}

export interface CustomMessage {
  role: "custom";
  customType: string;
  content: Body | (TextContent | ImageContent)[];
  display: boolean;
  details?: unknown;
  timestamp?: number;
}

export interface SummaryMessage {
  role: "compactionSummary" | "branchSummary";
  summary: Body;
  tokensBefore?: number;
  timestamp?: number;
}

/** A session-file entry of a type this version does not know, kept so that a client can show it plainly. */
export interface UnknownEntryMessage {
  role: "entry";
  entry: { type: string; [member: string]: unknown };
  timestamp?: number;
}

export type KnownMessage =
  | UserMessage
  | AssistantMessage
  | ToolResultMessage
  | BashExecutionMessage
  | CustomMessage
  | SummaryMessage
  | UnknownEntryMessage;

/** Any message; narrow on `role` and treat what is left as opaque. */
export type AgentMessage = KnownMessage | { role: string & {}; timestamp?: number; [member: string]: unknown };
