/** Rows of the dock that say how something stands; none while there is nothing to say. */
export interface Section {
  render(width: number): readonly string[];
  invalidate?(): void;
}
