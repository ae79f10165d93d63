import { basename } from "node:path";
import type { SessionInfo } from "@pier/protocol";
import { limits } from "../limits.ts";
import { newRow } from "../new-row.ts";
import type { SessionRow } from "../session/session-row.ts";
import type { Session } from "../session/session.ts";
import type { PiSessionIndex } from "./pi-session-index.ts";
import type { PiSession } from "./read-summary.ts";

export interface PiSessionsOptions {
  index: Pick<PiSessionIndex, "find" | "forget" | "list">;
  /** A session that is not kept. */
  open(row: SessionRow): Session;
  /** Session files that are Pier's already. */
  own(): Iterable<string>;
}

/** Sessions of plain pi: listed from their files, and opened to be read until somebody goes on in them. */
export class PiSessions {
  readonly #options: PiSessionsOptions;
  readonly #open = new Map<string, Session>();
  #seen: readonly PiSession[] | undefined;
  #listed = new WeakMap<PiSession, SessionInfo>();

  constructor(options: PiSessionsOptions) {
    this.#options = options;
  }

  /** What the list shows of those that are not Pier's. */
  async list(): Promise<SessionInfo[]> {
    return (await this.#found()).map((session) => this.#infoOf(session));
  }

  /** Looks at them again, and says whether anything is different from the last time. */
  async look(): Promise<boolean> {
    const [before, found] = [this.#seen, await this.#found()];
    this.#seen = found;
    return found.length !== before?.length || found.some((session, at) => session !== before[at]);
  }

  /** One of them, to be read; undefined when there is none, or when it is Pier's. */
  find(id: string): Session | undefined {
    const found = this.#options.index.find(id);
    if (!found || this.#own().has(basename(found.file))) {
      this.#open.delete(id);
      return undefined;
    }
    const { name, preview, lastActiveAt } = found;
    const open = this.#open.get(id);
    if (open) {
      Object.assign(open.row, { name, preview, lastActiveAt });
      return open;
    }
    const session = this.#options.open(rowOf(found));
    this.#makeRoom();
    this.#open.set(id, session);
    return session;
  }

  /** It is Pier's from now on. */
  forget(id: string): void {
    this.#open.delete(id);
  }

  /** A session is gone, and its file with it as far as is known. */
  removed({ id, sessionFile }: SessionRow): void {
    this.#open.delete(id);
    if (sessionFile !== null) this.#options.index.forget(sessionFile);
  }

  /** Those that are open. */
  get open(): Session[] {
    return [...this.#open.values()];
  }

  async #found(): Promise<PiSession[]> {
    const found = await this.#options.index.list();
    const own = this.#own();
    return found.filter(({ file }) => !own.has(basename(file)));
  }

  /** The names of the files that are Pier's: pi's names are unique, and paths may lead through symbolic links. */
  #own(): Set<string> {
    return new Set(Array.from(this.#options.own(), (file) => basename(file)));
  }

  #infoOf(session: PiSession): SessionInfo {
    const open = this.#open.get(session.id);
    if (open && open.info.clients > 0) return { ...this.#closed(session), clients: open.info.clients };
    return this.#closed(session);
  }

  #closed(session: PiSession): SessionInfo {
    let info = this.#listed.get(session);
    if (!info) {
      const { id, cwd, name, preview, createdAt, lastActiveAt, file } = session;
      info = {
        id,
        ...(name !== null && { name }),
        cwd,
        status: "closed",
        activity: "closed",
        ephemeral: false,
        demo: false,
        origin: "pi",
        renderMarkdown: true,
        ...(preview !== null && { preview }),
        clients: 0,
        createdAt,
        lastActiveAt,
        sessionFile: file,
      };
      this.#listed.set(session, info);
    }
    return info;
  }

  #makeRoom(): void {
    if (this.#open.size < limits.openPiSessions) return;
    for (const [id, session] of this.#open) {
      if (session.info.clients > 0) continue;
      this.#open.delete(id);
      return;
    }
  }
}

function rowOf({ id, file, cwd, name, preview, createdAt, lastActiveAt }: PiSession): SessionRow {
  const row = newRow({ id, cwd, name, preview, createdAt, sessionFile: file, status: "closed" }, createdAt);
  return { ...row, lastActiveAt };
}
