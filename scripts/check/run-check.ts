import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import type { Check } from "./checks.ts";

export interface Outcome {
  name: string;
  passed: boolean;
  /** What the check said; empty when it passed in silence. */
  output: string;
  milliseconds: number;
}

/** Runs one check; it fails, and does not throw, when its tool cannot be started. */
export async function runCheck(check: Check, root: string, files: readonly string[]): Promise<Outcome> {
  const start = performance.now();
  const { passed, output } = "tool" in check ? await runTool(check.tool, root) : runFind(check.find, root, files);
  return { name: check.name, passed, output, milliseconds: performance.now() - start };
}

/** Runs a program relative to the root and collects all it writes. */
export function runTool(argv: readonly string[], root: string): Promise<Pick<Outcome, "passed" | "output">> {
  const [program = "", ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: toolTimeout });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => resolve({ passed: false, output: `${output}${error.message}` }));
    child.once("close", (code, signal) => {
      if (signal) output += `\n${program} was ended by ${signal} (the limit is ${toolTimeout / 1000} s)`;
      resolve({ passed: code === 0, output: stripVTControlCharacters(output) });
    });
  });
}

/** In milliseconds; the whole of the checks takes seconds. */
const toolTimeout = 120_000;

function runFind(
  find: (root: string, files: readonly string[]) => string[],
  root: string,
  files: readonly string[],
): Pick<Outcome, "passed" | "output"> {
  try {
    const problems = find(root, files);
    return { passed: problems.length === 0, output: problems.join("\n") };
  } catch (error) {
    return { passed: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
