import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { limits } from "../limits.ts";

/** A JSON file of this machine's pi: undefined when there is none; `problem` when it cannot be used. */
export function readPiFile(env: NodeJS.ProcessEnv, name: string): { value: unknown; problem: string | null } {
  const file = join(agentDir(env), name);
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile()) return { value: undefined, problem: null };
    if (stats.size > limits.settingsFile) {
      return {
        value: undefined,
        problem: `${name} has ${stats.size} bytes: it is not read above ${limits.settingsFile}.`,
      };
    }
    return { value: JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as unknown, problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { value: undefined, problem: `${name} cannot be read, so the defaults are used: ${reason}` };
  }
}

function agentDir(env: NodeJS.ProcessEnv): string {
  const home = env.HOME ?? homedir();
  const own = env.PI_CODING_AGENT_DIR;
  if (!own) return join(home, ".pi", "agent");
  return own === "~" || own.startsWith("~/") ? join(home, own.slice(1)) : own;
}
