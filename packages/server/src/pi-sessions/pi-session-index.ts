import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate as othersTurn } from "node:timers/promises";
import { limits } from "../limits.ts";
import { type PiSession, readSummary, type Summary } from "./read-summary.ts";

interface Known {
  size: number;
  mtimeMs: number;
  /** null when the file is no session. */
  summary: Summary | null;
}

/** The sessions in pi's own folders. A file is read again only when its size or its time changed. */
export class PiSessionIndex {
  readonly #folder: string;
  readonly #now: () => number;
  #known = new Map<string, Known>();
  /** While they were looked at. */
  readonly #forgotten = new Set<string>();
  #scan: Promise<void> | undefined;
  #placed = { at: -Infinity, files: new Map<string, string>() };
  #scanned = { at: -Infinity, sessions: [] as PiSession[] };

  /** @param folder pi's `sessions`, with one folder for each folder that was worked in */
  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /** All sessions, looked for at most every `limits.piSessionsLife`. */
  list(): Promise<PiSession[]> {
    if (this.#now() - this.#scanned.at < limits.piSessionsLife) return Promise.resolve(this.#scanned.sessions);
    this.#scan ??= this.#look().finally(() => {
      this.#scan = undefined;
    });
    return this.#scan.then(() => this.#scanned.sessions);
  }

  /** One session, as its file is now. pi puts the id into the file's name; of other files only the list knows. */
  find(id: string): PiSession | undefined {
    // Who asks for what is not there may ask often.
    if (!this.#placed.files.has(id) && this.#now() - this.#placed.at >= limits.piNamesLife) {
      const files = Array.from(this.#files(), (file) => [idOf(file), file] as const);
      this.#placed = { at: this.#now(), files: new Map(files) };
    }
    const file = this.#placed.files.get(id) ?? this.#scanned.sessions.find((listed) => listed.id === id)?.file;
    const session = file === undefined ? null : this.#read(file, true);
    if (session?.id === id) return session;
    this.#placed.files.delete(id);
    return undefined;
  }

  /** A file is gone, or another's: it is not listed before it was looked at again. */
  forget(file: string): void {
    this.#known.delete(file);
    this.#forgotten.add(file);
    this.#scanned.sessions = this.#scanned.sessions.filter((session) => session.file !== file);
  }

  async #look(): Promise<void> {
    this.#forgotten.clear();
    const known = new Map<string, Known>();
    const byId = new Map<string, PiSession>();
    let turn = performance.now();
    for (const file of this.#files()) {
      const session = this.#read(file);
      const kept = this.#known.get(file);
      if (kept) known.set(file, kept);
      const twin = session && byId.get(session.id);
      // A copy has the id of its original: the one that goes on is the session.
      if (session && (!twin || twin.lastActiveAt < session.lastActiveAt)) byId.set(session.id, session);
      if (performance.now() - turn > limits.listTurn) {
        await othersTurn();
        turn = performance.now();
      }
    }
    this.#known = known;
    const sessions = [...byId.values()].filter(({ file }) => !this.#forgotten.has(file));
    this.#scanned = { at: this.#now(), sessions };
  }

  *#files(): Generator<string> {
    let count = 0;
    for (const folder of this.#folders()) {
      for (const name of namesIn(folder)) {
        if (++count > limits.piSessions) return;
        yield join(folder, name);
      }
    }
  }

  #folders(): string[] {
    return entriesOf(this.#folder)
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(this.#folder, name));
  }

  /** @param thorough whether a name in the middle of the file counts as well */
  #read(file: string, thorough = false): PiSession | null {
    const found = statsOf(file);
    if (!found?.isFile()) {
      this.#known.delete(file);
      return null;
    }
    const { size, mtimeMs } = found;
    const known = this.#known.get(file);
    const isSame = known?.size === size && known.mtimeMs === mtimeMs;
    if (isSame && (!thorough || !known.summary || known.summary.namedTo >= size)) return known.summary?.session ?? null;
    let summary: Summary | null = null;
    try {
      summary = readSummary(file, { size, mtimeMs, earlier: known?.summary, thorough });
    } catch {
      // Not ours to read, or gone in this moment: it is no session that can be opened.
    }
    this.#known.set(file, { size, mtimeMs, summary });
    return summary?.session ?? null;
  }
}

/** `<time>_<id>.jsonl` */
function idOf(file: string): string {
  const name = basename(file, ".jsonl");
  return name.slice(name.indexOf("_") + 1);
}

function namesIn(folder: string): string[] {
  return entriesOf(folder).flatMap(({ name }) => (name.endsWith(".jsonl") ? [name] : []));
}

/** Undefined for what is not there or cannot be looked at, such as a link to itself. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // pi never ran here, or the folder is not ours to look at.
    return [];
  }
}
