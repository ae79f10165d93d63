import { type DialogAnswer, rawMember, shapeProblem } from "@pier/protocol";
import { v1Limits } from "../../../limits.ts";

/** What a client of version 1 sends after its `hello`. */
export type V1Frame =
  | { type: "ping" }
  /** `id` is the client's as JSON text, `text` the payload as it wrote it. */
  | { type: "command"; command: string; id: string | null; text: string }
  | { type: "extension_ui_response"; id: string; answer: DialogAnswer };

/** Parses a frame; a sentence when it is none. */
export function parseFrame(text: string): V1Frame | string {
  const shape = shapeProblem(text);
  if (shape !== undefined) return shape;
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return "Invalid JSON: send one JSON object in each text message.";
  }
  if (typeof frame !== "object" || frame === null)
    return `The frame is ${JSON.stringify(frame)}: send an object with a type.`;
  const { type } = frame as { type?: unknown };
  switch (type) {
    case "ping":
      return { type };
    case "command":
      return parseCommand(text, (frame as { payload?: unknown }).payload);
    case "extension_ui_response":
      return parseResponse(frame);
    default:
      return `The frame's type is ${String(JSON.stringify(type)).slice(0, 100)}: use command, extension_ui_response or ping.`;
  }
}

function parseCommand(text: string, payload: unknown): V1Frame | string {
  const command = (payload as { type?: unknown } | null | undefined)?.type;
  if (typeof command !== "string" || command === "" || command.length > 100) {
    return "A command's payload is a record of pi with a type, such as prompt.";
  }
  const raw = rawMember(text, "payload") as string;
  const id = rawMember(raw, "id") ?? null;
  if (id !== null && id.length > v1Limits.commandId)
    return `A command's id has at most ${v1Limits.commandId} characters.`;
  return { type: "command", command, id, text: raw };
}

function parseResponse(frame: object): V1Frame | string {
  const { id, value, confirmed, cancelled } = frame as Record<string, unknown>;
  if (typeof id !== "string" || id.length > 200) return "An extension_ui_response names the id of its request.";
  return { type: "extension_ui_response", id, answer: parseAnswer(value, confirmed, cancelled) };
}

/** Version 1 never said that exactly one is to be given. An answer that chooses nothing closes the dialog, as Escape does. */
function parseAnswer(value: unknown, confirmed: unknown, cancelled: unknown): DialogAnswer {
  if (cancelled === true) return { cancelled };
  if (typeof value === "string") return { value };
  return typeof confirmed === "boolean" ? { confirmed } : { cancelled: true };
}
