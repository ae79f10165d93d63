import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CliError } from "../cli-error.ts";

interface Program {
  command: string;
  prefix: readonly string[];
}

/** ms that pi may take to answer. */
const patience = 60_000;

/** Asks a pi of its own which models can be used, while no daemon does. @throws CliError with pi's words */
export async function listModels(
  pi: Program,
  env: Record<string, string>,
  cwd: string,
): Promise<{ provider: string; id: string }[]> {
  const child = spawn(pi.command, [...pi.prefix, "--mode", "rpc", "--no-session"], { cwd, env, timeout: patience });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2_000)));
  child.stdin.on("error", () => {});
  child.on("error", (error) => (stderr += error.message));
  child.stdin.write('{"id":"models","type":"get_available_models"}\n');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const record = parse(line);
      if (record?.type === "response" && record.command === "get_available_models") return record.data?.models ?? [];
    }
  } finally {
    child.kill();
    child.stdin.destroy();
  }
  throw new CliError(`pi ended before it listed its models: ${stderr.trim() || "it gave no reason"}`);
}

interface ModelsReply {
  type?: string;
  command?: string;
  data?: { models?: { provider: string; id: string }[] };
}

function parse(line: string): ModelsReply | null {
  try {
    return JSON.parse(line) as ModelsReply | null;
  } catch {
    return null;
  }
}
