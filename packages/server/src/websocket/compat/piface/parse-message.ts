import { type DialogAnswer, limits, parseShellCommand, rawMember, replaceMembers, shapeProblem } from "@pier/protocol";

/** What a client of piface sends. */
export type PifaceMessage =
  | { kind: "history" }
  /** `id` is the client's as JSON text, `text` the command for pi. */
  | { kind: "command"; type: string; id: string | null; text: string; excluded: boolean }
  | { kind: "answer"; id: string; answer: DialogAnswer };

const prompts = new Set(["prompt", "steer", "follow_up"]);

/** Parses a message; a sentence when it is none. */
export function parseMessage(text: string): PifaceMessage | string {
  const message = parseObject(text);
  if (!message) return "A message is a JSON object with a type, such as prompt.";
  const { type } = message;
  if (typeof type !== "string" || type === "" || type.length > 100) return "A message has a type, such as prompt.";
  if (type === "piface_get_history") return { kind: "history" };
  if (type === "extension_ui_response") return parseAnswer(message);
  if (type.startsWith("piface_")) return `There is no ${type}: use piface_get_history, or a command of pi.`;
  const id = rawMember(text, "id") ?? null;
  if (id !== null && id.length > limits.commandId) return `A command's id has at most ${limits.commandId} characters.`;
  const shell = prompts.has(type) && typeof message.message === "string" ? parseShellCommand(message.message) : null;
  if (!shell) return { kind: "command", type, id, text, excluded: false };
  // What else a prompt may hold is nothing to a shell; ids of files stay, and are refused.
  const { command, excludeFromContext } = shell;
  const parts = `"type":"bash","command":${JSON.stringify(command)},"excludeFromContext":${excludeFromContext}`;
  const bash = replaceMembers(
    text,
    ["type", "message", "images", "streamingBehavior", "command", "excludeFromContext"],
    parts,
  );
  return { kind: "command", type: "bash", id, text: bash, excluded: excludeFromContext };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (shapeProblem(text) !== undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function parseAnswer({ id, value, confirmed, cancelled }: Record<string, unknown>): PifaceMessage | string {
  if (typeof id !== "string" || id.length > 200) return "An extension_ui_response names the id of its request.";
  if (typeof value === "string") return { kind: "answer", id, answer: { value } };
  const isChoice = typeof confirmed === "boolean" && cancelled !== true;
  return { kind: "answer", id, answer: isChoice ? { confirmed } : { cancelled: true } };
}
