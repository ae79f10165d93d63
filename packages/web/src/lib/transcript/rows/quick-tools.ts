import type { PartRow, ToolRow } from "./row.ts";

/** Tools that only look: a run of them is one line. */
const quick: ReadonlySet<string> = new Set(["read", "grep", "find", "ls", "glob"]);

/** Shorter runs are as quickly read as their summary. */
export const leastInGroup = 3;
/** Longer runs begin another group, so that a call that is added never concerns many others. */
export const mostInGroup = 50;

/** Whether a row may stand in a group. What failed never hides. */
export function isQuick(row: PartRow | undefined): row is ToolRow {
  return (
    row?.kind === "tool" &&
    quick.has(row.name) &&
    (row.state === "done" || row.state === "running" || row.state === "waiting")
  );
}
