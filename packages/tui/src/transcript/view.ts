import type { Theme } from "../theme/theme.ts";

/** How the person wants to see a transcript. The same object for all blocks: after a change all is drawn anew. */
export interface View {
  readonly theme: Theme;
  /** Whether tool calls show their output (Ctrl+O). */
  expanded: boolean;
  /** Whether thinking is shown (Ctrl+T). */
  thinking: boolean;
  /** Whether images are drawn, where the terminal can. */
  images: boolean;
}
