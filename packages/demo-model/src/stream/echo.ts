import type { Conversation } from "../chat/read-conversation.ts";
import type { EchoSubject } from "../script/step.ts";

/** Says what reached the model. */
export function echo(subject: EchoSubject, conversation: Conversation): string {
  const { request, images, system } = conversation;
  switch (subject) {
    case "last-tool":
      return request.messages.findLast(({ role }) => role === "tool")?.text ?? "(no tool result)";
    case "images":
      return [
        `${images.length} ${images.length === 1 ? "image" : "images"}`,
        ...images.map(({ mimeType, bytes }) => `${mimeType} ${bytes} bytes`),
      ].join(", ");
    case "system":
      return system;
    case "messages":
      return request.messages.map(({ role }) => role).join(" ");
    case "model":
      return `${request.model} ${request.effort ?? "off"}`;
    case "tools":
      return request.tools.join(" ");
  }
}
