import { spawn } from "node:child_process";
import { limits } from "../limits.ts";
import type { PiProgram } from "./find-pi.ts";
import { RecordSplitter } from "./record-splitter.ts";

export interface ProbedModel {
  provider: string;
  id: string;
  name?: string;
  reasoning?: boolean;
}

/**
 * Asks a short-lived pi without a session which models can be used, so that they are known before any session starts.
 *
 * @returns null when pi did not answer; the reason is in `onFailure`
 */
export function probeModels(
  pi: PiProgram,
  options: { cwd: string; env: Record<string, string>; onFailure(reason: string): void },
): Promise<ProbedModel[] | null> {
  const child = spawn(pi.command, [...pi.prefix, "--mode", "rpc", "--no-session"], {
    cwd: options.cwd,
    env: options.env,
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), limits.modelProbe);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-limits.stderr);
  });
  const answer = new Promise<ProbedModel[] | null>((resolve) => {
    const splitter = new RecordSplitter(0);
    child.stdout.on("data", (chunk: Buffer) =>
      splitter.push(chunk, ({ value }) => {
        if (value.type === "response" && value.command === "get_available_models") resolve(modelsOf(value.data));
      }),
    );
    child.on("error", (error) => {
      stderr += error.message;
      resolve(null);
    });
    child.on("exit", () => resolve(null));
    child.stdin.on("error", () => {});
    child.stdin.write('{"id":"models","type":"get_available_models"}\n');
  });
  return answer.then((models) => {
    clearTimeout(timer);
    child.kill("SIGTERM");
    child.stdin.destroy();
    if (models === null) options.onFailure(stderr.trim());
    return models;
  });
}

function modelsOf(data: unknown): ProbedModel[] {
  const models = (data as { models?: ProbedModel[] } | undefined)?.models ?? [];
  return models.map(({ provider, id, name, reasoning }) => ({
    provider,
    id,
    ...(name !== undefined && { name }),
    ...(reasoning !== undefined && { reasoning }),
  }));
}
