import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type DetachedChild, reattach, spawnDetached } from "@pier/detached";
import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";

/** The demo model in a process of its own, so that a turn goes on when the daemon does not. */
export class Demo {
  readonly #folder: string;
  readonly #environment: Record<string, string>;
  #port: Promise<number> | undefined;
  #child: DetachedChild | undefined;

  /** @param dataFolder the daemon's; everything of the demo stands below it */
  constructor(dataFolder: string, environment: Record<string, string>) {
    this.#folder = join(dataFolder, "demo");
    this.#environment = environment;
  }

  /** The environment of a pi that uses the demo model, started if it does not run. */
  async environment(base: Record<string, string>): Promise<Record<string, string>> {
    const port = await this.#running();
    const { demoEnv, writeDemoAgentDir } = await import("@pier/demo-model");
    const agentFolder = join(this.#folder, "agent");
    await writeDemoAgentDir(agentFolder, { port });
    return { ...demoEnv(agentFolder, base) } as Record<string, string>;
  }

  /** Ends the demo model. */
  async stop(): Promise<void> {
    const child = this.#child ?? (await this.#find());
    if (!child) return;
    await child.terminate({ graceMs: limits.terminate });
    await child.remove();
    this.#child = undefined;
    this.#port = undefined;
  }

  async release(): Promise<void> {
    await this.#child?.dispose();
  }

  /** Takes over, or starts, the demo model. Resolves to its port. */
  #running(): Promise<number> {
    if (this.#child?.state() === "dead") this.#port = undefined;
    this.#port ??= this.#start().catch((error: unknown) => {
      this.#port = undefined;
      throw error;
    });
    return this.#port;
  }

  async #start(): Promise<number> {
    const found = await this.#find();
    // Most daemons never need it.
    const { DEMO_MODEL_ENTRY } = await import("@pier/demo-model");
    const child =
      found ??
      (await spawnDetached({
        folder: join(this.#folder, "run", randomUUID()),
        command: process.execPath,
        args: ["--disable-warning=ExperimentalWarning", DEMO_MODEL_ENTRY, "--port", "0"],
        cwd: "/",
        env: this.#environment,
        epoch: "demo",
      }));
    this.#child = child;
    return listeningPort(child);
  }

  async #find(): Promise<DetachedChild | undefined> {
    const runs = join(this.#folder, "run");
    for (const name of existsSync(runs) ? readdirSync(runs) : []) {
      const child = await reattach(join(runs, name)).catch(() => undefined);
      if (child && child.state() !== "dead") return child;
      await child?.dispose();
      rmSync(join(runs, name), { recursive: true, force: true });
    }
    return undefined;
  }
}

/** The port stands in the first line that the demo model writes. */
function listeningPort(child: DetachedChild): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const tail = child.tail(0, (chunk) => {
      text += chunk.toString("utf8");
      const line = /^(.*)\n/.exec(text)?.[1];
      if (line === undefined) return;
      tail.close();
      resolve((JSON.parse(line) as { port: number }).port);
    });
    void child.exited.then(async () => {
      reject(new PierError("INTERNAL", `The demo model did not start: ${await child.stderrTail(limits.stderr)}`));
    });
  });
}
