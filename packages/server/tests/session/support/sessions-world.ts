import { classifierFor } from "../../../src/agent/classify.ts";
import type { AgentLauncher, StartOptions } from "../../../src/session/agent-process.ts";
import type { SessionRow, SessionRows } from "../../../src/session/session-row.ts";
import { Sessions } from "../../../src/sessions.ts";
import { FakeClock } from "./fake-clock.ts";
import { Life } from "./life.ts";
import { manners } from "./manners.ts";
import { MemoryFiles } from "./memory-files.ts";
import { MemoryHandle, MemoryProcess } from "./memory-process.ts";

/** All that outlives a daemon with many sessions: rows, processes and their folders, session files, the trash. */
export class SessionsWorld {
  readonly clock = new FakeClock();
  readonly files = new MemoryFiles();
  readonly trash = new Map<string, string>();
  readonly rows = new Map<string, SessionRow>();
  /** What stands in the run folder, by session and epoch. */
  readonly folders = new Map<string, Map<string, MemoryProcess>>();
  #life = new Life("none", 0);
  #planned = 0;
  #ids = 0;
  #lives = 0;

  get living(): { session: string; epoch: string }[] {
    return [...this.folders].flatMap(([session, epochs]) =>
      [...epochs].flatMap(([epoch, { exit }]) => (exit ? [] : [{ session, epoch }])),
    );
  }

  get over(): boolean {
    return this.#life.over;
  }

  /** A daemon dies without a word, and another begins that lives `steps` steps. Its recovery is under way. */
  boot(steps = Infinity): Sessions {
    this.#life.end();
    const life = new Life(`life${this.#lives++}`, steps);
    this.#life = life;
    const { clock, files } = this;
    const sessions = new Sessions({
      rows: this.#rows(life),
      trash: {
        put: async (file) => {
          life.step();
          this.trash.set(file, files.text(file));
          files.remove(file);
          life.step();
          return `/trash${file}`;
        },
        remove: async (file) => {
          life.step();
          files.remove(file);
          life.step();
        },
      },
      piSessions: { list: async () => [], find: () => undefined, forget() {} },
      launcher: this.#launcher(life),
      files,
      ledger: { accept() {}, update() {}, remove() {}, list: () => [], find: () => undefined },
      classifierFor,
      clock: { now: () => clock.now(), after: (ms, callback) => clock.after(ms, () => life.over || callback()) },
      encode: (text) => Buffer.from(text),
      newId: () => `n${this.#ids++}`,
      runId: life.name,
      uiTimeout: 60_000,
      takeUploads: () => ({ files: [], images: [] }),
      watched: () => false,
      demo: async () => false,
      models: async () => [],
      onChange: () => {},
      onDropped: () => {},
      onLog: () => {},
      audit: () => {},
    });
    void sessions.recover().catch(() => {});
    return sessions;
  }

  /** Lets go of everything that waits in the event loop. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#planned > 0) quiet = 0;
    }
  }

  #rows(life: Life): SessionRows {
    const change = (work: () => void): void => {
      life.step();
      work();
      life.step();
    };
    return {
      list: () => Array.from(this.rows.values(), (row) => ({ ...row })),
      insert: (row) => change(() => void this.rows.set(row.id, { ...row })),
      update: (id, values) => change(() => void Object.assign(this.rows.get(id) ?? {}, values)),
      remove: (id) => change(() => void this.rows.delete(id)),
    };
  }

  #launcher(life: Life): AgentLauncher {
    const handle = (process: MemoryProcess): MemoryHandle =>
      new MemoryHandle(process, { life, chunk: 0, later: (work) => this.#later(work) });
    const of = (session: string, epoch: string): MemoryProcess | undefined => this.folders.get(session)?.get(epoch);
    return {
      shell: () => Promise.reject(new Error("No shell here.")),
      start: async (start) => {
        life.step();
        const process = this.#spawn(start);
        const epochs = this.folders.get(start.session) ?? new Map<string, MemoryProcess>();
        this.folders.set(start.session, epochs.set(start.epoch, process));
        life.step();
        return handle(process);
      },
      reattach: async (session, epoch) => {
        const process = of(session, epoch);
        return process && !process.exit ? handle(process) : null;
      },
      discard: async (session, epoch) => {
        life.step();
        if (of(session, epoch)?.exit === null) throw new Error("The process is alive.");
        this.folders.get(session)?.delete(epoch);
        life.step();
      },
      forget: async (session) => {
        for (const [epoch, process] of this.folders.get(session) ?? []) {
          life.step();
          process.kill();
          life.step();
          this.folders.get(session)?.delete(epoch);
        }
        life.step();
        this.folders.delete(session);
        life.step();
      },
      sessions: () => [...this.folders.keys()],
      stderrOf: async () => "",
    };
  }

  #later(work: () => void): void {
    this.#planned++;
    setImmediate(() => {
      this.#planned--;
      work();
    });
  }

  #spawn({ epoch, sessionFile, ephemeral }: StartOptions): MemoryProcess {
    const startedFrom = { file: sessionFile, size: sessionFile === null ? 0 : (this.files.size(sessionFile) ?? 0) };
    const { files, clock } = this;
    const now = (): number => clock.now();
    return new MemoryProcess(epoch, startedFrom, { manner: manners[1], files, sessionFile, ephemeral, now });
  }
}
