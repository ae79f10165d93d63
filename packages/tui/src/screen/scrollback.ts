import type { Block } from "./block.ts";

/** The transcript as the screen sees it. */
export interface Scrollback extends Pick<Block, "render" | "invalidate"> {
  /** Lets go of leading settled parts that fit into so many rows. Returns how many rows went. */
  dropAbove(rows: number, width: number): number;
  /** Whether something changed above what was let go of, so that all has to be drawn anew. */
  readonly outdated?: boolean;
  /** Brings back what was let go of, as far as it is kept. */
  restore(): void;
}
