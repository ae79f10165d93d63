/** Whether objects and arrays stand inside each other more than `depth` levels; it does not recurse itself. */
export function nestsDeeper(value: unknown, depth: number): boolean {
  let level = [value].filter(isContainer);
  for (let at = 0; at < depth; at++) {
    if (level.length === 0) return false;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return level.length > 0;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
