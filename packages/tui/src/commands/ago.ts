const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** How long ago something was, in its largest unit: `4 min ago`. */
export function ago(ms: number): string {
  for (const [name, size] of units) if (ms >= size) return `${Math.floor(ms / size)} ${name} ago`;
  return "just now";
}
