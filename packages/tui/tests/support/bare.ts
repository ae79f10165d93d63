/** A row without the resets that pi-tui puts around what it cuts off, which are there without colours too. */
export function bare(row: string): string {
  return row.replaceAll("\u001b[0m", "");
}
