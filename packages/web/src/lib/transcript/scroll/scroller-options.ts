import type { Row } from "../rows/row.ts";

/** What a scroller asks of its surroundings. */
export interface ScrollerOptions {
  rows: readonly Row[];
  /** A person comes near the first row. */
  onNearTop(): void;
  /** The rows do not fill the view. */
  onRoom(): void;
}
