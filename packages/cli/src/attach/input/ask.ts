import { createInterface } from "node:readline";
import { CliError } from "../../cli-error.ts";
import type { Io } from "../../io.ts";

/** Asks a person on a terminal for a line. Resolves to null at Ctrl+D. @throws CliError at Ctrl+C */
export function ask({ stdin, stdout }: Io, question: string): Promise<string | null> {
  const readline = createInterface({ input: stdin, output: stdout, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    readline.on("SIGINT", () => {
      stdout.write("\n");
      reject(new CliError("Interrupted.", { exitCode: 130 }));
      readline.close();
    });
    readline.on("close", () => resolve(null));
    readline.question(question, (answer) => {
      resolve(answer.trim());
      readline.close();
    });
  });
}
