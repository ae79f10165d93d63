import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SessionInfo } from "@pier/protocol";
import { childEnvironment } from "../../src/agent/child-environment.ts";
import { classifierFor } from "../../src/agent/classify.ts";
import type { PiProgram } from "../../src/agent/find-pi.ts";
import { createLauncher } from "../../src/agent/launcher.ts";
import { sessionFiles } from "../../src/agent/session-files.ts";
import { Trash } from "../../src/files/index.ts";
import { PiSessionIndex } from "../../src/pi-sessions/pi-session-index.ts";
import { Sessions } from "../../src/sessions.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { systemClock } from "../../src/system-clock.ts";

export interface AgentHostOptions {
  /** Which pi the next session runs. */
  pi: () => Promise<{ program: PiProgram; version: string }>;
  environment?: Record<string, string>;
  /** How much faster time passes for the daemon, asked anew for each wait. */
  speed?: () => number;
}

/** Sessions on real processes and a real store, without a network. */
export class AgentHost implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), "pier-agents-"));
  readonly store: Store;
  readonly logs: { message: string; detail?: object | undefined }[] = [];
  sessions: Sessions;
  readonly #options: AgentHostOptions;

  constructor(options: AgentHostOptions) {
    this.#options = options;
    this.store = openStore(join(this.folder, "data"));
    mkdirSync(join(this.folder, "run"));
    this.sessions = this.#begin();
  }

  /** Lets go of everything, as a daemon that is replaced, and takes over again. */
  async restart(): Promise<void> {
    await this.sessions.release();
    this.sessions = this.#begin();
    await this.sessions.recover();
  }

  create(): Promise<SessionInfo> {
    return this.sessions.create({ cwd: this.folder });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { id, status } of this.sessions.all()) if (status === "live") await this.sessions.kill(id);
    await this.sessions.release();
    this.store.close();
    const open = openFiles(this.folder);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    // Node closes them some day, and will throw for it.
    if (open.length > 0) throw new Error(`still open: ${open.join(", ")}`);
  }

  #begin(): Sessions {
    const { pi, environment = childEnvironment(process.env), speed = () => 1 } = this.#options;
    return new Sessions({
      rows: this.store.sessions,
      trash: new Trash({ home: this.folder, env: {} }),
      piSessions: new PiSessionIndex(join(this.folder, "none"), Date.now),
      ledger: this.store.prompts,
      launcher: createLauncher({
        runFolder: join(this.folder, "run"),
        pi,
        piArgs: [],
        sessionProgram: async ({ cwd }, program) => ({ ...program, cwd, env: environment }),
      }),
      files: sessionFiles,
      classifierFor,
      clock: { now: () => systemClock.now(), after: (ms, callback) => systemClock.after(ms / speed(), callback) },
      encode: (text) => Buffer.from(text),
      newId: randomUUID,
      runId: randomUUID().slice(0, 8),
      uiTimeout: 60_000,
      watched: () => false,
      demo: () => Promise.resolve(false),
      models: async () => [],
      onChange: () => {},
      onLog: (_level, message, detail) => void this.logs.push({ message, detail }),
      takeUploads: () => ({ files: [], images: [] }),
      onDropped: () => {},
      audit: () => {},
    });
  }
}

/** Files below a folder that this process has open, where that can be told. */
function openFiles(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd")
    .map((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`);
      } catch {
        return "";
      }
    })
    .filter((path) => path.startsWith(folder));
}

/** A fixture agent as a pi. */
export function fixtureAgent(name: string): PiProgram {
  const path = fileURLToPath(new URL(`../../../../tests/fixtures/agents/${name}.mjs`, import.meta.url));
  return { path, command: process.execPath, prefix: [path], source: "option" };
}
