import { createInterface } from "node:readline";
import { CliError } from "../../cli-error.ts";
import { canDraw, type Io } from "../../io.ts";

/** Asks a person on a terminal for a line. Resolves to null at Ctrl+D. @throws CliError at Ctrl+C */
export function ask(io: Io, question: string): Promise<string | null> {
  const { stdin, stdout } = io;
  // A dumb terminal edits its lines by itself.
  const readline = createInterface({ input: stdin, output: stdout, terminal: canDraw(io), historySize: 0 });
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
