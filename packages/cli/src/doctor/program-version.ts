import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { neutraliseLine } from "@pier/tui/text";
import type { Io } from "../io.ts";

const run = promisify(execFile);

/** What a program says of its version; null when it does not run. */
export async function programVersion(program: string, args: readonly string[], env: Io["env"]): Promise<string | null> {
  try {
    const { stdout } = await run(program, [...args], { env, timeout: 5_000 });
    return neutraliseLine(stdout.split("\n", 1)[0] ?? "") || "there";
  } catch {
    return null;
  }
}
