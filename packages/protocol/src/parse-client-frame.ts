import { Compile, type Validator } from "typebox/compile";
import { type ClientFrame, type ClientFrameType, clientFrames } from "./frames/client/index.ts";
import { PierError } from "./pier-error.ts";

const validators = new Map<string, Validator>(
  Object.entries(clientFrames).map(([type, spec]) => [type, Compile(spec.schema)]),
);

/**
 * Parses what a client sent.
 *
 * @throws PierError `BAD_FRAME` with a sentence that says what is missing and what would be right.
 */
export function parseClientFrame(text: string): ClientFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PierError("BAD_FRAME", "The frame is not JSON: send one JSON object in each text message.", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PierError("BAD_FRAME", `The frame is ${describe(value)}: send a JSON object with a "type".`);
  }
  const type = (value as { type?: unknown }).type;
  const validator = typeof type === "string" ? validators.get(type) : undefined;
  if (!validator) {
    const known = Object.keys(clientFrames).join(", ");
    throw new PierError("BAD_FRAME", `The frame's type is ${describe(type)}: use one of ${known}.`);
  }
  if (!validator.Check(value)) {
    const [first] = validator.Errors(value);
    const place = first?.instancePath.slice(1).replaceAll("/", ".");
    throw new PierError("BAD_FRAME", `${type as string} frame: ${place ? `${place} ` : ""}${first?.message ?? "does not fit"}.`);
  }
  return value as ClientFrame;
}

/** The type of a frame that failed to parse, for the `re` of the error. */
export function frameTypeOf(text: string): ClientFrameType | undefined {
  try {
    const type = (JSON.parse(text) as { type?: unknown } | null)?.type;
    return typeof type === "string" && Object.hasOwn(clientFrames, type) ? (type as ClientFrameType) : undefined;
  } catch {
    return undefined;
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : `a ${typeof value}`;
}
