import type { ChatMessage } from "./message.ts";
import type { Conversation } from "./read-conversation.ts";

const CHARS_PER_TOKEN = 4;
const TOKENS_PER_IMAGE = 1200;
const TOKENS_PER_MESSAGE = 4;

export interface Usage {
  /** Tokens of the whole prompt, cached ones included. */
  input: number;
  output: number;
  cacheRead: number;
  /** Part of `output` that was thinking. */
  thinking: number;
}

/** What the model has said in this reply, in characters. */
export interface Output {
  chars: number;
  thinkingChars: number;
}

/** Estimates tokens from characters, so that context meters move as with a real model. */
export function estimateUsage({ request, earlier }: Conversation, output: Output): Usage {
  const fixed = tokens(request.toolChars);
  return {
    input: fixed + sum(request.messages),
    output: tokens(output.chars + output.thinkingChars),
    // A real provider has the earlier turns in its cache, except on the first.
    cacheRead: earlier.some(({ role }) => role === "assistant") ? fixed + sum(earlier) : 0,
    thinking: tokens(output.thinkingChars),
  };
}

/** Writes usage the way chat-completions does. */
export function encodeUsage({ input, output, cacheRead, thinking }: Usage): Record<string, unknown> {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: thinking },
  };
}

const tokens = (chars: number): number => Math.ceil(chars / CHARS_PER_TOKEN);

const sum = (messages: readonly ChatMessage[]): number =>
  messages.reduce((total, message) => total + messageTokens(message), 0);

function messageTokens({ text, thinkingChars, images, toolCalls }: ChatMessage): number {
  const calls = toolCalls.reduce((chars, call) => chars + call.name.length + JSON.stringify(call.args).length, 0);
  return TOKENS_PER_MESSAGE + tokens(text.length + thinkingChars + calls) + images.length * TOKENS_PER_IMAGE;
}
