import type { Chunk } from "../render/chunk.ts";

/** Where a followed session is shown. */
export interface Screen {
  /** Appends. */
  write(chunks: readonly Chunk[]): void;
  /** What goes on at the moment; empty for nothing. */
  setStatus(text: string): void;
  /** What is being typed, and what stands before it. */
  setInput(input: { prompt: string; line: string; cursor: number }): void;
  /** Leaves the terminal as it was found. */
  close(): void;
}
