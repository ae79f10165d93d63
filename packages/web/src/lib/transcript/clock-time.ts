const format = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** The time of day, as people there write it. */
export function clockTime(time: number): string {
  return format.format(time);
}
