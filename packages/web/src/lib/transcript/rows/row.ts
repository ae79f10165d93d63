import type { Body } from "@pier/protocol";

/** One line, paragraph or card of the conversation: what the list shows and measures by itself. Never changed, only replaced. */
export type Row = PartRow | FoldRow | GroupRow | FootRow;

/** A row that stands for a part of a message, or for something in flight. */
export type PartRow =
  | UserRow
  | ProseRow
  | ThinkingRow
  | ToolRow
  | ShellRow
  | SummaryRow
  | CustomRow
  | StopRow
  | CardRow
  | WaitRow;

interface Base {
  /** Names the row in this page for as long as what it shows is the same. */
  key: string;
  /** The turn it belongs to. */
  turn: string;
}

/** What one message of a person holds beside its text. */
export interface ImagePart {
  data: Body;
  mimeType: string;
}

export interface UserRow extends Base {
  kind: "user";
  /** The item's key in the transcript. */
  item: string;
  /** pi's entry, where it is known. */
  entry: string | undefined;
  text: Body;
  images: readonly ImagePart[];
  time: number | undefined;
}

export interface ProseRow extends Base {
  kind: "prose";
  text: Body;
  streaming: boolean;
}

export interface ThinkingRow extends Base {
  kind: "thinking";
  text: Body;
  redacted: boolean;
  streaming: boolean;
  /** ms since 1970; only of thinking that this page saw begin. */
  since: number | undefined;
  took: number | undefined;
}

/** `writing`: the model still writes the call; `waiting`: it is to be run. */
export type ToolState = "writing" | "waiting" | "running" | "done" | "failed" | "stopped" | "not run";

export interface ToolRow extends Base {
  kind: "tool";
  /** The call's id, for its result. */
  call: string | undefined;
  name: string;
  args: Record<string, unknown>;
  state: ToolState;
  /** What it gave so far: content as in a `toolResult`. */
  content: unknown;
  details: unknown;
  since: number | undefined;
  took: number | undefined;
}

/** A command that a person ran with `!` or `!!`. */
export interface ShellRow extends Base {
  kind: "shell";
  command: string;
  output: Body;
  state: "running" | "done" | "failed" | "stopped";
  exitCode: number | undefined;
  truncated: boolean;
  /** Whether the model does not see it. */
  excluded: boolean;
  since: number | undefined;
}

export interface SummaryRow extends Base {
  kind: "summary";
  of: "compaction" | "branch";
  text: Body;
  tokensBefore: number | undefined;
}

/** What an extension said. */
export interface CustomRow extends Base {
  kind: "custom";
  label: string;
  text: Body;
  images: readonly ImagePart[];
}

/** Why the model's message ended before it was over. */
export interface StopRow extends Base {
  kind: "stop";
  why: "error" | "aborted" | "length";
  text: string;
}

/** A message or an entry of which nothing is known but that it is there. */
export interface CardRow extends Base {
  kind: "card";
  name: string;
  value: Record<string, unknown>;
}

/** What is being waited for, at the end of the conversation. */
export interface WaitRow extends Base {
  kind: "wait";
  for: "model" | "retry" | "compaction";
  text: string;
  since: number | undefined;
}

/** The work of a finished turn, in one line. */
export interface FoldRow extends Base {
  kind: "fold";
  open: boolean;
  took: number | undefined;
  tools: number;
  failed: number;
  files: number;
  /** Whether some of the work is not here yet, so that these are the least. */
  isPart: boolean;
}

/** A run of calls of the same quick tool, in one line. */
export interface GroupRow extends Base {
  kind: "group";
  open: boolean;
  name: string;
  count: number;
  running: boolean;
}

/** What can be done with a finished answer. */
export interface FootRow extends Base {
  kind: "foot";
  /** The key of the answer's first row. */
  answer: string;
  texts: readonly Body[];
  time: number | undefined;
  cost: number;
}
