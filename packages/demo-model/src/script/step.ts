/** How a step's characters are cut into deltas. */
interface Pace {
  /** Milliseconds between deltas. */
  delay?: number;
  /** Code points in each delta; in a `tokens` step, words. */
  size?: number;
}

export type EchoSubject = "last-tool" | "images" | "system" | "messages" | "model" | "tools";
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

interface ThinkStep extends Pace {
  think: string;
}
interface TextStep extends Pace {
  text: string;
}
interface ToolStep extends Pace {
  tool: string;
  args?: Record<string, unknown>;
}
interface TurnStep {
  turn: true;
}
interface TokensStep extends Pace {
  /** Deltas to stream; their words are w0 w1 w2 and so on. */
  tokens: number;
  /** Stream them as thinking. */
  thinking?: boolean;
}
interface SlowStep {
  slow: number;
}
export interface HttpStep {
  /** Status of the refused request, 400 to 599. */
  http: number;
  /** Attempts that fail; without it, all of them. */
  times?: number;
  message?: string;
}
export interface DropStep {
  drop: true;
  /** Attempts that are cut; without it, all of them. */
  times?: number;
}
interface HangStep {
  hang: true;
}
interface GateStep {
  gate: string;
}
interface EchoStep {
  echo: EchoSubject;
}
interface UsageStep {
  usage: { input: number; output: number; cacheRead?: number };
}
interface FinishStep {
  finish: FinishReason;
}

/** One thing the demo model does. */
export type Step =
  | ThinkStep
  | TextStep
  | ToolStep
  | TurnStep
  | TokensStep
  | SlowStep
  | HttpStep
  | DropStep
  | HangStep
  | GateStep
  | EchoStep
  | UsageStep
  | FinishStep;

/** The steps of one assistant message. */
export type Turn = readonly Step[];
