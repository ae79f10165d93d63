import { clientFrames } from "@pier/protocol";
import type { Refusal } from "../../dialect.ts";
import { closes, errorFrame, protocolVersion } from "./codes.ts";

/** Version 1's answer to a first frame that is no `hello` of a version spoken here, unless version 2 is surely meant. */
export function refuseFirstFrame(frame: unknown): Refusal | undefined {
  if (frame === undefined)
    return { error: errorFrame("INTERNAL_ERROR", "Invalid JSON: begin with a hello as one JSON object.") };
  if (!isObject(frame)) return invalid("The first frame is no object");
  if (frame.type !== "hello") return isVersion2(frame) ? undefined : invalid("The first frame is no hello");
  // Only version 2 lets a client say what it is called and how to join deltas.
  if (frame.client !== undefined || frame.coalesce !== undefined) return undefined;
  const asked = `Protocol version ${JSON.stringify(frame.protocolVersion) ?? "none"} is not spoken here`;
  return {
    error: errorFrame("INCOMPATIBLE_PROTOCOL", `${asked}: use ${protocolVersion} or 2.`),
    close: closes.incompatible,
  };
}

function invalid(what: string): Refusal {
  return { error: errorFrame("INVALID_HELLO", `${what}: begin with hello.`), close: closes.invalidHello };
}

/** Types that both versions have name a session in version 2. */
function isVersion2(frame: Record<string, unknown>): boolean {
  const { type, session } = frame;
  if (typeof type !== "string" || !Object.hasOwn(clientFrames, type)) return false;
  return session !== undefined || (type !== "command" && type !== "extension_ui_response");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
