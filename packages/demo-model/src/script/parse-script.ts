import { LIMITS } from "../limits.ts";
import { checkStep, isStep } from "./check-step.ts";
import { findJson } from "./find-json.ts";
import { groupTurns } from "./group-turns.ts";
import type { Turn } from "./step.ts";

export type ParsedScript = { kind: "none" } | { kind: "script"; turns: Turn[] } | { kind: "invalid"; reason: string };

/** Finds a line that begins with `!demo ` in a prompt and reads the steps after it; never throws. */
export function parseScript(text: string): ParsedScript {
  const marker = /(?:^|[\r\n])!demo[ \t]+/.exec(text);
  if (marker === null) return { kind: "none" };
  try {
    return { kind: "script", turns: readTurns(text.slice(marker.index + marker[0].length)) };
  } catch (error) {
    return { kind: "invalid", reason: error instanceof Error ? error.message : String(error) };
  }
}

function readTurns(text: string): Turn[] {
  const json = findJson(text);
  if (json === undefined) throw new Error('a JSON array of steps must follow "!demo "');
  if (json.length > LIMITS.scriptChars) {
    throw new Error(`the script has ${json.length} characters, at most ${LIMITS.scriptChars} are allowed`);
  }
  const steps: unknown = JSON.parse(json);
  if (!Array.isArray(steps)) throw new Error('a JSON array of steps must follow "!demo "');
  if (steps.length > LIMITS.scriptSteps) {
    throw new Error(`the script has ${steps.length} steps, at most ${LIMITS.scriptSteps} are allowed`);
  }
  return groupTurns(
    steps.map((step: unknown, index) => {
      if (isStep(step)) return step;
      throw new Error(`step ${index + 1}: ${checkStep(step)}`);
    }),
  );
}
