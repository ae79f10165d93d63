import { ClientError } from "../client-error.ts";
import type { SessionFrame } from "./session-frame.ts";

/**
 * Checks the shapes that a transcript relies on beyond the presence of members, which `parseServerFrame` saw to.
 *
 * @throws ClientError `BAD_FRAME`
 */
export function checkFrame(frame: SessionFrame): void {
  switch (frame.type) {
    case "event":
      need(frame, "seq", isSeq(frame.seq), "a whole number");
      need(frame, "payload", isPayload(frame.payload), "an object with a type");
      break;
    case "events":
      need(frame, "seq", isSeq(frame.seq), "a whole number");
      need(frame, "payloads", isArrayOf(frame.payloads, isPayload), "an array of objects with a type");
      break;
    case "extension_ui_request":
      need(frame, "seq", isSeq(frame.seq), "a whole number");
      break;
    case "attached":
      checkAttached(frame);
      break;
    case "history":
      need(frame, "messages", isArrayOf(frame.messages, isItem), "an array of transcript items");
      break;
    case "presence":
      need(frame, "clients", Array.isArray(frame.clients), "an array");
      break;
    case "session":
      need(frame, "info", isObject(frame.info), "an object");
      need(frame, "offered", Array.isArray(frame.offered), "an array");
      break;
    case "extension_ui_resolved":
    case "resync":
      break;
  }
}

function checkAttached(frame: Extract<SessionFrame, { type: "attached" }>): void {
  need(frame, "seq", isSeq(frame.seq), "a whole number");
  need(frame, "epoch", typeof frame.epoch === "string", "a string");
  need(frame, "mode", ["replay", "snapshot"].includes(frame.mode), '"replay" or "snapshot"');
  for (const member of ["info", "state", "statuses", "widgets", "queue"] as const) {
    need(frame, member, isObject(frame[member]), "an object");
  }
  need(frame, "state.offered", Array.isArray(frame.state.offered), "an array");
  need(frame, "dialogs", isArrayOf(frame.dialogs, isObject), "an array of objects");
  if (frame.mode === "replay") return;
  need(frame, "messages", isArrayOf(frame.messages, isItem), "an array of transcript items");
  need(frame, "tail", isArrayOf(frame.tail, isPayload), "an array of objects with a type");
}

function need(frame: SessionFrame, member: string, fits: boolean, wanted: string): void {
  if (!fits) throw new ClientError("BAD_FRAME", `The server sent ${frame.type} whose ${member} is not ${wanted}.`);
}

function isSeq(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPayload(value: unknown): boolean {
  return isObject(value) && typeof value["type"] === "string";
}

function isItem(value: unknown): boolean {
  return isObject(value) && typeof value["key"] === "string" && isObject(value["message"]);
}

function isArrayOf(value: unknown, fits: (part: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}
