/** The name of a message that this page sees being written, the `count`th. */
export function liveName(count: number): string {
  return `live:${count}`;
}

/** Whether a row is of a message that this page saw being written. */
export function wasSeenWritten(key: string): boolean {
  return key.startsWith("live:");
}
