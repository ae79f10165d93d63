/** The data of pi's `get_state` reply, as far as Pier reads it; newer members pass through. */
export interface PiState {
  model?: {
    id: string;
    provider: string;
    name?: string;
    contextWindow?: number;
    reasoning?: boolean;
    input?: string[];
  };
  thinkingLevel?: string;
  isStreaming?: boolean;
  isCompacting?: boolean;
  steeringMode?: string;
  followUpMode?: string;
  sessionFile?: string;
  sessionId?: string;
  sessionName?: string;
  autoCompactionEnabled?: boolean;
  messageCount?: number;
  pendingMessageCount?: number;
}
