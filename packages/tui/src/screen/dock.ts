/** What stays at the bottom of the screen below the transcript: where the person types, and how things stand. */
export interface DockRows {
  rows: readonly string[];
  /** How many of them may cover the end of the transcript instead of pushing it up: they will soon be gone. */
  covering: number;
}

export interface Dock {
  render(width: number): DockRows;
  invalidate?(): void;
}
