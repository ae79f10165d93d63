/** A count of tokens in few characters: `950`, `1.2k`, `128k`, `1.5M`. */
export function countText(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (count < 9_950) return `${(count / 1000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1000)}k`;
  return count < 9_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${Math.round(count / 1_000_000)}M`;
}
