import { createInterface } from "node:readline";
import type { Input } from "../../io.ts";

export interface LineEvents {
  onLine(text: string): void;
  /** Ctrl+C */
  onInterrupt(): void;
  /** Ctrl+D on an empty line, or the end of what is piped. */
  onEnd(): void;
}

/** Reads lines that a program pipes, or that a person types where only the terminal itself edits. The returned function ends that. */
export function readLines(input: Input, events: LineEvents): () => void {
  const readline = createInterface({ input, terminal: false, crlfDelay: Infinity });
  let closed = false;
  const onInterrupt = (): void => events.onInterrupt();
  readline.on("line", (line) => events.onLine(line));
  readline.on("close", () => {
    if (!closed) events.onEnd();
  });
  process.on("SIGINT", onInterrupt);
  return () => {
    closed = true;
    process.off("SIGINT", onInterrupt);
    readline.close();
    input.pause();
  };
}
