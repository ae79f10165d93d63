export interface ImagePart {
  mimeType: string;
  /** Decoded size. */
  bytes: number;
}

export interface ToolCallPart {
  id: string;
  name: string;
  args: Record<string, unknown>;
}

/** One message of a chat request, reduced to what the demo model looks at. */
export interface ChatMessage {
  role: string;
  text: string;
  /** Characters of thinking sent back to the model. */
  thinkingChars: number;
  images: ImagePart[];
  toolCalls: ToolCallPart[];
  /** Set on a tool's result. */
  toolCallId?: string;
}

/** A chat-completions request, reduced to what the demo model looks at. */
export interface ChatRequest {
  model: string;
  /** Present while thinking is on. */
  effort?: string;
  messages: ChatMessage[];
  /** Names of the tools offered. */
  tools: string[];
  /** Characters of the tools' descriptions. */
  toolChars: number;
}
