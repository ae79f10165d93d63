import { Compile, type Validator } from "typebox/compile";
import { answerProblem } from "./frames/client/extension-ui-response.ts";
import { type ClientFrame, type ClientFrameType, clientFrames } from "./frames/client/index.ts";
import { isObject } from "./is-object.ts";
import { PierError } from "./pier-error.ts";
import { schemaAt, schemaWords } from "./schema-words.ts";
import { shapeProblem } from "./shape-problem.ts";

const validators = new Map<string, Validator>();

/**
 * Parses what a client sent. Members that the schema does not name pass through.
 *
 * @throws PierError `BAD_FRAME` with a sentence that says what is wrong and what would be right.
 */
export function parseClientFrame(text: string): ClientFrame {
  const shape = shapeProblem(text);
  if (shape !== undefined) throw new PierError("BAD_FRAME", shape);
  const value = parseJson(text);
  if (!isObject(value)) {
    throw new PierError("BAD_FRAME", `The frame is ${valueWords(value)}: send a JSON object with a "type".`);
  }
  const { type } = value;
  const validator = typeof type === "string" ? validatorOf(type) : undefined;
  if (!validator) {
    const known = Object.keys(clientFrames).join(", ");
    throw new PierError("BAD_FRAME", `The frame's type is ${literalWords(type)}: use one of ${known}.`);
  }
  const frameType = type as ClientFrameType;
  const problem = validator.Check(value)
    ? otherProblem(value as ClientFrame)
    : schemaProblem(frameType, validator, value);
  if (problem !== undefined) throw new PierError("BAD_FRAME", `${frameType} frame: ${problem}.`);
  return value as ClientFrame;
}

/** Compiled on first use: a daemon is to start fast. */
function validatorOf(type: string): Validator | undefined {
  const known = validators.get(type);
  if (known || !Object.hasOwn(clientFrames, type)) return known;
  const validator: Validator = Compile(clientFrames[type as ClientFrameType].schema);
  validators.set(type, validator);
  return validator;
}

/** The type of a frame that failed to parse, for the `re` of the error. */
export function frameTypeOf(text: string): ClientFrameType | undefined {
  if (shapeProblem(text) !== undefined) return undefined;
  try {
    const type = (JSON.parse(text) as { type?: unknown } | null)?.type;
    return typeof type === "string" && Object.hasOwn(clientFrames, type) ? (type as ClientFrameType) : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PierError("BAD_FRAME", "The frame is not JSON: send one JSON object in each text message.", { cause });
  }
}

/** What no schema says. */
function otherProblem(frame: ClientFrame): string | undefined {
  return frame.type === "extension_ui_response" ? answerProblem(frame) : undefined;
}

/** What does not fit the schema, from the validator's first complaint. */
function schemaProblem(type: ClientFrameType, validator: Validator, frame: Record<string, unknown>): string {
  const [first] = validator.Errors(frame);
  const path = first?.instancePath.split("/").slice(1) ?? [];
  if (first?.keyword === "required") path.push(...first.params.requiredProperties.slice(0, 1));
  const schema = schemaAt(clientFrames[type].schema, path) ?? {};
  const value = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), frame);
  const isLiteral = "const" in schema;
  return `${path.join(".")} is ${isLiteral ? literalWords(value) : valueWords(value)}: use ${schemaWords(schema)}`;
}

/** A value where one of a few words was expected, so that it can be shown. */
function literalWords(value: unknown): string {
  return typeof value === "string" && value.length <= 60 ? JSON.stringify(value) : valueWords(value);
}

/** A value without its text, which may be secret. */
function valueWords(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === "") return "an empty string";
  if (typeof value === "string") return `a string of length ${value.length}`;
  if (Array.isArray(value)) return "an array";
  return isObject(value) ? "an object" : JSON.stringify(value);
}
