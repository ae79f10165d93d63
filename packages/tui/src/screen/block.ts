/** A piece of the transcript on the screen. */
export interface Block {
  /** Its rows at a width, none wider than it. The same array while nothing changed. */
  render(width: number): readonly string[];
  /** Whether its rows will never change by themselves: it may go once they left the screen upwards. */
  readonly settled: boolean;
  /** Forgets rows that were made with another theme or other view options. */
  invalidate?(): void;
  /** Lets go of leading parts that are settled and fit into so many rows. Returns how many rows went. */
  dropAbove?(rows: number, width: number): number;
}
