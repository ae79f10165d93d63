/** A span of time, given in ms, as it goes by: `7 s`, `2 m 05 s`, `1 h 02 m`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return `${hours} h ${two(minutes)} m`;
  return minutes > 0 ? `${minutes} m ${two(rest)} s` : `${rest} s`;
}

/** How long something still takes, given in ms: never 0 s while it does. */
export function waitText(ms: number): string {
  return spanText(Math.max(1000, Math.ceil(ms / 1000) * 1000));
}

/** US dollars, with as many places as tell something. */
export function costText(dollars: number): string {
  if (dollars < 0.001) return "<$0.001";
  return `$${dollars < 10 ? dollars.toFixed(3) : dollars.toFixed(2)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
