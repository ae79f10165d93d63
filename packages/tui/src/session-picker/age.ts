const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
] as const;

/** How long ago something was, short: `4m`, `now` under a minute. */
export function age(ms: number): string {
  for (const [name, size] of units) if (ms >= size) return `${Math.floor(ms / size)}${name}`;
  return "now";
}
