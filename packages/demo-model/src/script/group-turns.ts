import type { Step, Turn } from "./step.ts";

/**
 * Cuts steps into assistant messages: tools in a row stay together, and what follows a tool begins the next message.
 * @throws {Error} when `turn` follows a message without a tool, for pi ends its run there.
 */
export function groupTurns(steps: readonly Step[]): Turn[] {
  const turns: Step[][] = [];
  let current: Step[] = [];
  for (const [index, step] of steps.entries()) {
    const calledTool = current.some((earlier) => "tool" in earlier);
    if ("turn" in step) {
      if (!calledTool) {
        throw new Error(`step ${index + 1}: "turn" must follow a tool, pi ends its run after a message without one`);
      }
      turns.push(current);
      current = [];
    } else if (calledTool && !belongsToToolMessage(step)) {
      turns.push(current);
      current = [step];
    } else {
      current.push(step);
    }
  }
  if (current.length > 0) turns.push(current);
  return turns;
}

const belongsToToolMessage = (step: Step): boolean => "tool" in step || "usage" in step || "finish" in step;
