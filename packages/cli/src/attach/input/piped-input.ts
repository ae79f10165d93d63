import { createInterface } from "node:readline";
import type { Input } from "../../io.ts";
import type { LineInput, LineInputEvents } from "./line-input.ts";

/** Reads lines that a program pipes, or that are typed where nothing can be drawn. */
export function pipedInput(input: Input, events: LineInputEvents): LineInput {
  const readline = createInterface({ input, terminal: false, crlfDelay: Infinity });
  let closed = false;
  const onInterrupt = (): void => events.onInterrupt();
  readline.on("line", (line) => events.onLine(line));
  readline.on("close", () => {
    if (!closed) events.onEnd();
  });
  process.on("SIGINT", onInterrupt);
  return {
    line: "",
    setLine() {},
    close() {
      closed = true;
      process.off("SIGINT", onInterrupt);
      readline.close();
      input.pause();
    },
  };
}
