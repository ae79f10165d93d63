import { parseChatRequest } from "../src/chat/parse-request.ts";
import { readConversation } from "../src/chat/read-conversation.ts";
import type { Conversation } from "../src/chat/read-conversation.ts";

/** The conversation that begins with a prompt. */
export function conversationOf(
  prompt: string,
  { thinking = false, after = [] }: { thinking?: boolean; after?: unknown[] } = {},
): Conversation {
  return readConversation(
    parseChatRequest({
      model: "demo",
      stream: true,
      messages: [
        { role: "system", content: "system text" },
        { role: "user", content: prompt },
        ...after,
      ],
      ...(thinking ? { reasoning_effort: "low" } : {}),
    }),
  );
}
