import { checkStep } from "./check-step.ts";
import { groupTurns } from "./group-turns.ts";
import type { Step } from "./step.ts";

/**
 * Writes steps as a prompt that the demo model plays.
 * @throws {TypeError} when a step is none, so that a test fails where it is written.
 */
export function script(steps: readonly Step[]): string {
  for (const [index, step] of steps.entries()) {
    const problem = checkStep(step);
    if (problem !== undefined) throw new TypeError(`Cannot write script: step ${index + 1}: ${problem}`);
  }
  groupTurns(steps);
  return `!demo ${JSON.stringify(steps)}`;
}
