const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** A span of time in its largest unit: `4m`. Under a second it is `now`. */
export function age(ms: number): string {
  for (const [name, size] of units) if (ms >= size) return `${Math.floor(ms / size)}${name}`;
  return "now";
}

/** A span of time in its two largest units: `2h 5m`. */
export function duration(ms: number): string {
  const at = units.findIndex(([, size]) => ms >= size);
  if (at === -1) return "0s";
  let rest = ms;
  return units
    .slice(at, at + 2)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? "" : `${count}${name}`;
    })
    .filter(Boolean)
    .join(" ");
}
