import { spawn } from "node:child_process";
import type { ModelRecord } from "@pier/protocol";
import { limits } from "../limits.ts";
import type { PiProgram } from "./find-pi.ts";
import { RecordSplitter } from "./record-splitter.ts";
import { thinkingLevels } from "./thinking-levels.ts";

/**
 * Asks a short-lived pi without a session which models can be used, so that they are known before any session starts.
 *
 * @returns null when pi did not answer; the reason is in `onFailure`
 */
export function probeModels(
  pi: PiProgram,
  options: { cwd: string; env: Record<string, string>; onFailure(reason: string): void },
): Promise<ModelRecord[] | null> {
  const child = spawn(pi.command, [...pi.prefix, "--mode", "rpc", "--no-session"], {
    cwd: options.cwd,
    env: options.env,
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), limits.modelProbe);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-limits.stderr);
  });
  const answer = new Promise<ModelRecord[] | null>((resolve) => {
    const splitter = new RecordSplitter(0);
    const replies = new Map<unknown, unknown>();
    child.stdout.on("data", (chunk: Buffer) =>
      splitter.push(chunk, ({ value }) => {
        if (value.type !== "response") return;
        replies.set(value.command, value.data);
        if (questions.every((question) => replies.has(question)))
          resolve(modelsOf(replies.get("get_available_models"), replies.get("get_state")));
      }),
    );
    child.on("error", (error) => {
      stderr += error.message;
      resolve(null);
    });
    child.on("exit", () => resolve(null));
    child.stdin.on("error", () => {});
    for (const question of questions) child.stdin.write(`${JSON.stringify({ id: question, type: question })}\n`);
  });
  return answer.then((models) => {
    clearTimeout(timer);
    child.kill("SIGTERM");
    child.stdin.destroy();
    if (models === null) options.onFailure(stderr.trim());
    return models;
  });
}

/** Every version of pi answers these, and neither changes anything. */
const questions = ["get_state", "get_available_models"];

function modelsOf(listed: unknown, state: unknown): ModelRecord[] {
  const { models = [] } = (listed ?? {}) as { models?: PiModel[] };
  const { model: chosen } = (state ?? {}) as { model?: PiModel };
  return models.map((model) => {
    const { provider, id, name, reasoning } = model;
    return {
      provider,
      id,
      ...(name !== undefined && { name }),
      ...(reasoning !== undefined && { reasoning }),
      thinking_levels: thinkingLevels({ ...model }),
      ...(chosen?.provider === provider && chosen.id === id && { default: true as const }),
    };
  });
}

type PiModel = Pick<ModelRecord, "provider" | "id" | "name" | "reasoning">;
