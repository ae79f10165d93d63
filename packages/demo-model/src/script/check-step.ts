import { isRecord } from "../is-record.ts";
import { STEP_SHAPES } from "./step-shapes.ts";
import type { Step } from "./step.ts";

/** Says what is wrong with a value as a step, or nothing when it is one. */
export function checkStep(value: unknown): string | undefined {
  if (!isRecord(value)) return "a step must be an object";
  const keys = Object.keys(value);
  const kinds = keys.filter((key) => Object.hasOwn(STEP_SHAPES, key));
  const kind = kinds[0];
  const shape = kind === undefined ? undefined : STEP_SHAPES[kind];
  if (kind === undefined || shape === undefined) {
    return `a step needs one of ${Object.keys(STEP_SHAPES).join(", ")}`;
  }
  if (kinds.length > 1) return `a step is one thing, this one is ${kinds.join(" and ")}`;
  for (const key of keys) {
    const check = key === kind ? shape.value : Object.hasOwn(shape.options, key) ? shape.options[key] : undefined;
    if (check === undefined) return `"${kind}" has no option "${key}"`;
    const right = check(value[key]);
    if (right !== undefined) return `"${key}" must be ${right}`;
  }
  return undefined;
}

/** Whether a value is a step. */
export function isStep(value: unknown): value is Step {
  return checkStep(value) === undefined;
}
