import { story } from "./story.ts";

/** What this extension needs of pi's `ExtensionAPI`. */
interface Pi {
  on(event: "context", handler: (event: { messages: Message[] }) => { messages: Message[] }): void;
  on(
    event: "tool_call",
    handler: (
      event: { toolName: string; input: { command?: string } },
      context: { ui: { confirm(title: string, message: string): Promise<boolean> } },
    ) => Promise<{ block: boolean; reason: string } | undefined>,
  ): void;
}

interface Message {
  role: string;
  content: string | { type: string; text?: string }[];
}

/** The demo model gets the script of each prompt, which the conversation does not show; what a database hears is asked. */
export default function scene(pi: Pi): void {
  pi.on("context", ({ messages }) => ({ messages: messages.map(scripted) }));
  pi.on("tool_call", async ({ input }, { ui }) => {
    if (input.command?.startsWith("psql ") !== true) return undefined;
    const title = `Run this command?\n${input.command}`;
    const isAllowed = await ui.confirm(title, "permission-gate: this changes a database that others use.");
    return isAllowed ? undefined : { block: true, reason: "not allowed" };
  });
}

function scripted(message: Message): Message {
  const text =
    typeof message.content === "string" ? message.content : message.content.map((part) => part.text ?? "").join("");
  const steps = message.role === "user" ? story[text] : undefined;
  if (!steps) return message;
  return { ...message, content: [{ type: "text", text: `${text}\n!demo ${JSON.stringify(steps)}` }] };
}
