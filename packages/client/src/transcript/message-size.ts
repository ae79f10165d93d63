/** Deeper than any message of pi; what lies below is not counted. */
const maxDepth = 100;

/** The characters in all strings of a message: what it costs to keep, near enough. */
export function messageSize(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null || depth > maxDepth) return 0;
  let size = 0;
  for (const member of Object.values(value)) size += messageSize(member, depth + 1);
  return size;
}
