import { parseChatRequest } from "../src/chat/parse-request.ts";
import { readConversation } from "../src/chat/read-conversation.ts";
import type { Conversation } from "../src/chat/read-conversation.ts";

interface Options {
  thinking?: boolean;
  system?: string;
  /** Messages after the prompt. */
  after?: unknown[];
}

/** The conversation that begins with a prompt. */
export function conversationOf(
  prompt: string,
  { thinking = false, system = "system text", after = [] }: Options = {},
): Conversation {
  return readConversation(
    parseChatRequest({
      model: "demo",
      stream: true,
      messages: [{ role: "system", content: system }, { role: "user", content: prompt }, ...after],
      ...(thinking ? { reasoning_effort: "low" } : {}),
    }),
  );
}
