const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, as short as it can be said: `now`, `5 min`, `3 h`, `2 d`, `12 Oct`. */
export function age(time: number, now: number): string {
  const passed = now - time;
  if (passed < minute) return "now";
  if (passed < hour) return `${Math.floor(passed / minute)} min`;
  if (passed < day) return `${Math.floor(passed / hour)} h`;
  if (passed < 14 * day) return `${Math.floor(passed / day)} d`;
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: "numeric",
    month: "short",
    ...(!isThisYear && { year: "numeric" }),
  }).format(time);
}

/** The exact moment, for a title: day and time in the person's own way. */
export function exact(time: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" }).format(time);
}

/** How long something goes on already, in whole seconds: `3 s`, `1 m 12 s`. */
export function passed(ms: number): string {
  const whole = Math.floor(Math.max(0, ms) / 1000);
  return whole < 10 ? `${whole} s` : duration(whole * 1000);
}

/** How long something took: `0.3 s`, `48 s`, `1 m 12 s`, `2 h 5 m`. */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} m`;
}
