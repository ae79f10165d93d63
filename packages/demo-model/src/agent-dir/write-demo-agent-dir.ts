import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_MODELS, DEMO_PROVIDER } from "../demo-models.ts";
import type { DemoModelId } from "../demo-models.ts";
import { isRecord } from "../is-record.ts";

export interface DemoAgentDirOptions {
  /** Port of the demo model. */
  port: number;
  /** Loopback address of the demo model; 127.0.0.1 by default. */
  host?: string;
  /** demo-reasoning by default. */
  defaultModel?: DemoModelId;
  /** Tokens; 128000 by default. */
  contextWindow?: number;
  /** Tokens of one reply; 8192 by default. */
  maxTokens?: number;
  /** pi's retries; 3 of them, 250 ms apart at first, by default. */
  retry?: { enabled?: boolean; maxRetries?: number; baseDelayMs?: number };
  /** Any further settings of pi. */
  settings?: Record<string, unknown>;
}

/**
 * Makes a folder an agent folder in which pi, from 0.74 on, finds the demo model and chooses it. Settings already
 * there are kept where the options say nothing, so the folder may be written again when the port changes.
 * @throws {Error} when the folder configures other providers, for it is then somebody's own.
 */
export async function writeDemoAgentDir(dir: string, options: DemoAgentDirOptions): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const models = await readJson(join(dir, "models.json"));
  const others = Object.keys(isRecord(models.providers) ? models.providers : {}).filter((id) => id !== DEMO_PROVIDER);
  if (others.length > 0) {
    throw new Error(
      `Cannot write demo agent folder: ${dir} configures ${others.join(", ")}, choose a folder of its own`,
    );
  }
  const settings = await readJson(join(dir, "settings.json"));
  await writeJson(join(dir, "models.json"), {
    providers: { [DEMO_PROVIDER]: describeProvider(options) },
  });
  await writeJson(join(dir, "settings.json"), chooseSettings(settings, options));
}

function describeProvider(options: DemoAgentDirOptions): Record<string, unknown> {
  const { port, host = "127.0.0.1", contextWindow = 128_000, maxTokens = 8192 } = options;
  return {
    name: "Pier demo",
    baseUrl: `http://${host.includes(":") ? `[${host}]` : host}:${port}/v1`,
    api: "openai-completions",
    // pi offers only models of a provider that has a key; the demo model does not look at it.
    apiKey: "demo-needs-no-key",
    compat: { supportsDeveloperRole: false, supportsStore: false, maxTokensField: "max_tokens" },
    models: DEMO_MODELS.map((model) => ({
      ...model,
      input: ["text", "image"],
      contextWindow,
      maxTokens,
      cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    })),
  };
}

function chooseSettings(known: Record<string, unknown>, options: DemoAgentDirOptions): Record<string, unknown> {
  const { defaultModel, retry, settings } = options;
  const defaults = {
    defaultProvider: DEMO_PROVIDER,
    defaultModel: "demo-reasoning",
    quietStartup: true,
  };
  return {
    ...defaults,
    ...known,
    ...(defaultModel === undefined ? {} : { defaultProvider: DEMO_PROVIDER, defaultModel }),
    retry: {
      enabled: true,
      maxRetries: 3,
      baseDelayMs: 250,
      // Retries below pi's own are invisible to its clients.
      provider: { maxRetries: 0 },
      ...(isRecord(known.retry) ? known.retry : {}),
      ...retry,
    },
    ...settings,
  };
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "{}";
    throw error;
  });
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (cause) {
    throw new Error(`Cannot write demo agent folder: ${path} is no JSON, remove it or choose another folder`, {
      cause,
    });
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  // A pi that starts meanwhile reads the old file or the new one, never half of it; others may write at the same time.
  const draft = `${path}.${process.pid}.${randomUUID()}.draft`;
  await writeFile(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
