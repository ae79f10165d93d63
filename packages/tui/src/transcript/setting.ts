import type { View } from "./view.ts";

/** What the blocks of a transcript have in common. */
export interface Setting {
  readonly view: View;
  /** The session's folder, below which paths are named without it. */
  readonly cwd: string | undefined;
  /** Says that something changed above rows that were let go of. */
  outdate(): void;
}
