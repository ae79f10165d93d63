import { isRecord } from "../is-record.ts";
import { LIMITS } from "../limits.ts";

/** Says what would be right, or nothing when the value is right. */
export type Check = (value: unknown) => string | undefined;

export interface Shape {
  value: Check;
  options: Record<string, Check>;
}

const text: Check = (value) => (typeof value === "string" ? undefined : "a string");
const flag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const yes: Check = (value) => (value === true ? undefined : "true");
const object: Check = (value) => (isRecord(value) ? undefined : "an object");

const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `a whole number from ${min} to ${max}`;

const oneOf =
  (...known: string[]): Check =>
  (value) =>
    known.includes(String(value)) ? undefined : `one of ${known.join(", ")}`;

const GATE_NAME = /^[\w.-]{1,64}$/;

/** Checks the name of a gate. */
export const gateName: Check = (value) =>
  typeof value === "string" && GATE_NAME.test(value)
    ? undefined
    : "1 to 64 letters, digits, dots, dashes or underscores";

const tokenCount = whole(0, LIMITS.usageTokens);
const usage: Check = (value) => {
  const right = "an object with input and output, and perhaps cacheRead, in tokens";
  if (!isRecord(value)) return right;
  const { input, output, cacheRead = 0, ...rest } = value;
  const counts = [input, output, cacheRead];
  const wrong = counts.some((count) => tokenCount(count) !== undefined) || Object.keys(rest).length > 0;
  return wrong ? right : undefined;
};

const pace = { delay: whole(0, LIMITS.delayMs), size: whole(1, LIMITS.deltaSize) };
const times = whole(1, LIMITS.times);

/** What each kind of step may hold, by the key that names the kind. */
export const STEP_SHAPES: Readonly<Record<string, Shape>> = {
  think: { value: text, options: pace },
  text: { value: text, options: pace },
  tool: { value: text, options: { ...pace, args: object } },
  turn: { value: yes, options: {} },
  tokens: { value: whole(0, LIMITS.tokens), options: { ...pace, thinking: flag } },
  slow: { value: whole(0, LIMITS.slowMs), options: {} },
  http: { value: whole(400, 599), options: { times, message: text } },
  drop: { value: yes, options: { times } },
  hang: { value: yes, options: {} },
  gate: { value: gateName, options: {} },
  echo: {
    value: oneOf("last-tool", "images", "system", "messages", "model", "tools"),
    options: {},
  },
  usage: { value: usage, options: {} },
  finish: { value: oneOf("stop", "length", "tool_calls", "content_filter"), options: {} },
};
