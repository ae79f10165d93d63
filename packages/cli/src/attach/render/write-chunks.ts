import type { Output } from "../../io.ts";
import type { Paint } from "../../text/style.ts";
import type { Chunk } from "./chunk.ts";

/** Appends to a stream of text. Styles end with each line, so that a pager that cuts lines does not carry them on. */
export function writeChunks(output: Output, paint: Paint, chunks: readonly Chunk[]): void {
  const painted = chunks.map(({ text, style }) =>
    text
      .split("\n")
      .map((line) => paint(line, style))
      .join("\n"),
  );
  output.write(painted.join(""));
}
