import { PierError } from "@pier/protocol";
import { classifierFor } from "../../../src/agent/classify.ts";
import type { AgentLauncher, StartOptions } from "../../../src/session/agent-process.ts";
import type { PromptEntry, PromptLedger } from "../../../src/session/prompt-ledger.ts";
import type { SessionRow } from "../../../src/session/session-row.ts";
import { Session } from "../../../src/session/session.ts";
import { FakeClock } from "./fake-clock.ts";
import { Crashed, Life } from "./life.ts";
import { type Manner, manners } from "./manners.ts";
import { MemoryFiles } from "./memory-files.ts";
import { MemoryHandle, MemoryProcess } from "./memory-process.ts";

export interface WorldOptions {
  manner?: Manner;
  ephemeral?: boolean;
  name?: string;
  uiTimeout?: number;
  chunk?: number;
  /** Whether new processes answer; otherwise they say nothing. */
  answers?: boolean;
}

/** One session with everything that outlives its daemon: disk, ledger, processes, time. */
export class World {
  readonly clock = new FakeClock();
  readonly files = new MemoryFiles();
  readonly entries: PromptEntry[] = [];
  readonly processes = new Map<string, MemoryProcess>();
  readonly logs: { message: string; detail?: object | undefined }[] = [];
  row: SessionRow;
  life = new Life("none", 0);
  /** Whether somebody watches the list. */
  watched = false;
  /** Called before each change of the ledger; throws for a full disk. */
  onLedger: (change: string) => void = () => {};
  /** Called before each change of the row; throws for a full disk. */
  onSave: () => void = () => {};
  /** Called before each start of a process; throws for one that cannot be started. */
  onStart: (process: MemoryProcess) => void = () => {};
  readonly #options: WorldOptions;
  #session: Session | undefined;
  #planned = 0;
  #ids = 0;
  #lives = 0;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.row = {
      id: "s1",
      name: options.name ?? null,
      cwd: "/",
      provider: null,
      model: null,
      thinkingLevel: null,
      ephemeral: options.ephemeral ?? false,
      demo: false,
      renderMarkdown: true,
      piArgs: [],
      useDirenv: true,
      worktree: null,
      status: "live",
      epoch: null,
      removal: null,
      sessionFile: null,
      parent: null,
      branchEntry: null,
      piVersion: null,
      preview: null,
      attention: null,
      lastExit: null,
      createdAt: 0,
      lastActiveAt: 0,
    };
  }

  get session(): Session {
    if (!this.#session) throw new Error("No daemon was started.");
    return this.#session;
  }

  /** The process of the last epoch. */
  get process(): MemoryProcess {
    const process = this.processes.get(this.row.epoch ?? "");
    if (!process) throw new Error("There is no process.");
    return process;
  }

  /** The process, if it lives. */
  get living(): MemoryProcess | undefined {
    const process = this.processes.get(this.row.epoch ?? "");
    return process?.exit ? undefined : process;
  }

  /** Whatever pi was given, by all processes. */
  get received(): { id: string; text: string }[] {
    return [...this.processes.values()].flatMap(({ pi }) => pi.received);
  }

  /** A daemon dies without a word, and another begins. @param steps how many steps the new one lives */
  boot(steps = Infinity): void {
    this.life.end();
    const life = new Life(`life${this.#lives++}`, steps);
    this.life = life;
    const { clock, files } = this;
    this.#session = new Session({
      row: { ...this.row },
      launcher: this.#launcher(life),
      files,
      ledger: this.#ledger(life),
      classifierFor,
      clock: {
        now: () => clock.now(),
        after: (ms, callback) => clock.after(ms, () => life.over || callback()),
      },
      encode: (text) => Buffer.from(text),
      newId: () => `n${this.#ids++}`,
      runId: life.name,
      uiTimeout: this.#options.uiTimeout ?? 60_000,
      watched: () => this.watched,
      origin: () => "pier",
      save: (change) => {
        life.step();
        this.onSave();
        Object.assign(this.row, change);
        life.step();
      },
      onChange: () => {},
      takeUploads: () => ({ files: [], images: [] }),
      onLog: (_level, message, detail) => void (life.over || this.logs.push({ message, detail })),
    });
    void this.#session.recover();
  }

  /** Lets go of everything that waits in the event loop. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#planned > 0) quiet = 0;
    }
  }

  /** Lets pi go on until nothing goes on any more. */
  async finish(): Promise<void> {
    await this.settle();
    for (let steps = 0; steps < 5_000 && this.living && this.living.pi.works > 0; steps++) {
      const { pi } = this.living;
      if (pi.dialogs.size > 0) for (const id of pi.dialogs.keys()) pi.dialogs.delete(id);
      pi.step(steps);
      if (pi.works === 0) await this.settle();
    }
    await this.settle();
  }

  #later(work: () => void): void {
    this.#planned++;
    setImmediate(() => {
      this.#planned--;
      work();
    });
  }

  #ledger(life: Life): PromptLedger {
    const change = (what: string, work: () => void): void => {
      life.step();
      this.onLedger(what);
      work();
      life.step();
    };
    return {
      accept: (entry) => change("accept", () => void this.entries.push({ ...entry })),
      update: (id, values) =>
        change("update", () => {
          const entry = this.entries.find((one) => one.id === id);
          if (entry) Object.assign(entry, values);
        }),
      remove: (id) =>
        change(
          "remove",
          () =>
            void this.entries.splice(
              this.entries.findIndex((one) => one.id === id),
              1,
            ),
        ),
      list: () => this.entries.map((entry) => ({ ...entry })),
      find: (_session, clientId, commandId) => {
        const found = this.entries.find((entry) => entry.clientId === clientId && entry.commandId === commandId);
        return found && { ...found };
      },
    };
  }

  #launcher(life: Life): AgentLauncher {
    const handle = (process: MemoryProcess): MemoryHandle =>
      new MemoryHandle(process, { life, chunk: this.#options.chunk ?? 0, later: (work) => this.#later(work) });
    return {
      shell: async () => {
        const output = (async function* () {
          yield "hidden\n";
        })();
        return { output, exited: Promise.resolve(0), kill: () => {} };
      },
      start: async (start) => {
        life.step();
        const process = this.#spawn(start);
        this.onStart(process);
        this.processes.set(start.epoch, process);
        life.step();
        return handle(process);
      },
      reattach: async (_session, epoch) => {
        const process = this.processes.get(epoch);
        return process && !process.exit ? handle(process) : null;
      },
      discard: async (_session, epoch) => {
        if (this.processes.get(epoch)?.exit === null) throw new PierError("INTERNAL", "The process is alive.");
      },
      forget: async () => {
        for (const process of this.processes.values()) if (!process.exit) await handle(process).terminate();
      },
      sessions: () => [],
      stderrOf: async (_session, epoch) => this.processes.get(epoch)?.exit?.stderr ?? "",
    };
  }

  #spawn({ epoch, sessionFile, ephemeral }: StartOptions): MemoryProcess {
    const manner = this.#options.manner ?? manners[1];
    const startedFrom = { file: sessionFile, size: sessionFile === null ? 0 : (this.files.size(sessionFile) ?? 0) };
    const { files, clock } = this;
    const process = new MemoryProcess(epoch, startedFrom, {
      manner,
      files,
      sessionFile,
      ephemeral,
      now: () => clock.now(),
    });
    process.stopped = this.#options.answers === false;
    return process;
  }
}

/** Whether an error only says that its daemon is dead. */
export function isCrash(error: unknown): boolean {
  return error instanceof Crashed || (error instanceof Error && error.cause !== undefined && isCrash(error.cause));
}
