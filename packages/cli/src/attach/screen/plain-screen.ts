import type { Output } from "../../io.ts";
import type { Paint } from "../../text/style.ts";
import type { Chunk } from "../render/chunk.ts";
import type { Screen } from "./screen.ts";

/** A stream of text: what is said, and nothing that is drawn anew. */
export function plainScreen(output: Output, paint: Paint): Screen {
  return {
    write(chunks) {
      output.write(chunks.map(({ text, style }: Chunk) => paintLines(text, (part) => paint(part, style))).join(""));
    },
    setStatus() {},
    setInput() {},
    close() {},
  };
}

/** Styles end with each line, so that a pager that cuts lines does not carry them on. */
function paintLines(text: string, paintLine: (line: string) => string): string {
  return text.split("\n").map(paintLine).join("\n");
}
