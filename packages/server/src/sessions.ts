import {
  type FoundMessages,
  PierError,
  type RemovedSession,
  type SessionInfo,
  type TranscriptItem,
  type Window,
  type WorktreeState,
} from "@pier/protocol";
import { gitLimits, limits } from "./limits.ts";
import { newRow } from "./new-row.ts";
import { PiSessions } from "./pi-sessions/pi-sessions.ts";
import { planSession } from "./plan-session.ts";
import { Removals } from "./removals.ts";
import { byActivity, selectSessions } from "./select-sessions.ts";
import { originOf, SessionWorktrees } from "./session-worktrees.ts";
import type { SearchOptions } from "./session/search-items.ts";
import type { SessionRow } from "./session/session-row.ts";
import { Session } from "./session/session.ts";
import type { SessionsOptions } from "./sessions-options.ts";
import type {
  CreateOptions,
  HistoryResult,
  SessionChange,
  SessionList,
  SessionQuery,
  SessionsService,
} from "./sessions-service.ts";
import type { WorktreePlan } from "./workspace/worktrees.ts";

/** All sessions of the daemon, by their ids. */
export class Sessions implements SessionsService {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #removals: Removals;
  /** Those that plain pi made. */
  readonly piSessions: PiSessions;
  readonly #worktrees: SessionWorktrees;

  constructor(options: SessionsOptions) {
    this.#options = options;
    const { files, trash, onLog, piSessions: index } = options;
    this.piSessions = new PiSessions({ index, open: (row) => this.#make(row), own: () => this.#files() });
    this.#worktrees = new SessionWorktrees(options);
    this.#removals = new Removals({
      files,
      trash,
      onLog,
      isUsed: (file, session) => this.#files(session).includes(file),
      drop: (session, reason) => this.#drop(session, reason),
    });
  }

  /** Takes over what an earlier daemon left. Resolves when every session can be attached to. */
  async recover(): Promise<void> {
    const { rows, launcher } = this.#options;
    const left = new Set(launcher.sessions());
    const recovered: Promise<unknown>[] = [];
    for (const row of rows.list()) {
      const isLeft = left.delete(row.id);
      if (row.worktree?.ready === false) recovered.push(this.#worktrees.drop(row));
      if (row.worktree?.ready === false) continue;
      const session = this.#add(row);
      if (row.removal) recovered.push(this.#removals.complete(session, row.removal));
      else if (row.status === "live") recovered.push(session.recover().then(() => this.#dropIfLost(session)));
      else if (row.ephemeral) this.#drop(session, nothingKept);
      // The daemon may have ended before pi did.
      if (isLeft && row.status === "closed") recovered.push(session.completeClose());
    }
    for (const id of left) recovered.push(launcher.forget(id));
    await Promise.all(recovered);
  }

  /** @throws PierError `SESSION_NOT_FOUND` */
  session(id: string): Session {
    const session = this.#sessions.get(id) ?? this.piSessions.find(id);
    if (!session)
      throw new PierError("SESSION_NOT_FOUND", `There is no session ${id}: \`pier ls\` lists those there are.`);
    return session;
  }

  /** Every session of Pier's own, the last active one first. */
  all(): SessionInfo[] {
    const listed = byActivity([...this.#sessions.values()].map((session) => session.info));
    const folders = new Set(listed.map(({ cwd }) => cwd));
    for (const folder of [...folders].slice(0, gitLimits.summariesForList)) this.#options.git?.look(folder);
    return listed;
  }

  async list(query: SessionQuery = {}): Promise<SessionList> {
    const isOwnOnly = query.origin === "pier" || query.status === "live";
    const others = isOwnOnly ? [] : await this.piSessions.list();
    return selectSessions(byActivity([...this.all(), ...others]), query);
  }

  /** What git says of a folder changed. */
  folderChanged(folder: string): void {
    for (const session of this.#sessions.values()) if (session.row.cwd === folder) session.announce();
  }

  /** Every folder that a session works in; of one in a worktree of its own, its repository's too. */
  folders(): Set<string> {
    const rows = [...this.#sessions.values()].map(({ row }) => row);
    return new Set(rows.flatMap(({ cwd, worktree }) => (worktree ? [cwd, worktree.repository] : [cwd])));
  }

  /** The folder of the repository that a folder in a session's worktree stands for; null for any other. */
  originOf(folder: string): string | null {
    return originOf(folder, this.#sessions.values());
  }

  find(id: string): SessionInfo | undefined {
    return this.#sessions.get(id)?.info;
  }

  /** @throws PierError `SESSION_NOT_FOUND` */
  get(id: string): SessionInfo {
    return this.session(id).info;
  }

  async create(options: CreateOptions): Promise<SessionInfo> {
    const { given, plan } = await planSession(options, this.#options);
    return this.open(given, plan);
  }

  /**
   * Keeps a new session and starts it; nothing of it stays when it does not start.
   * @param plan what has to be made first
   * @throws PierError as `create`
   */
  async open(given: Partial<SessionRow> & Pick<SessionRow, "cwd">, plan?: WorktreePlan): Promise<SessionInfo> {
    this.#checkRoom();
    const { rows, clock, launcher } = this.#options;
    const row = newRow(given, clock.now());
    rows.insert(row);
    // Nobody sees it before it can be worked in.
    if (plan) await this.#worktrees.prepare(row, plan);
    const session = this.#add(row);
    try {
      await session.start();
    } catch (error) {
      await launcher.forget(row.id);
      if (plan) await this.#worktrees.abandon(row);
      this.#drop(session, nothingKept);
      throw error;
    }
    this.#options.git?.look(row.cwd);
    this.#options.audit("session created", row.id);
    return session.info;
  }

  async worktree(id: string): Promise<WorktreeState> {
    return this.#worktrees.state(this.session(id).row);
  }

  async removeWorktree(id: string, keepBranch: boolean): Promise<void> {
    const session = this.session(id);
    await this.#worktrees.remove(session.row, { keepBranch, sessions: this.all() });
    session.announce();
  }

  async kill(id: string): Promise<SessionInfo> {
    const session = this.session(id);
    await session.close();
    this.#options.audit("session closed", id);
    return session.info;
  }

  async resume(id: string): Promise<SessionInfo> {
    const session = this.#adopt(this.session(id));
    await session.resume();
    this.#options.audit("session resumed", id);
    return session.info;
  }

  async remove(id: string, permanent: boolean): Promise<RemovedSession> {
    const removed = await this.#removals.remove(this.session(id), permanent ? "permanent" : "trash");
    this.#options.audit("session deleted", id);
    return removed;
  }

  async update(id: string, change: SessionChange): Promise<SessionInfo> {
    const session = this.#adopt(this.session(id));
    await session.update(change);
    return session.info;
  }

  markRead(id: string): SessionInfo {
    const session = this.session(id);
    session.markRead();
    return session.info;
  }

  async history(id: string, options: { before?: string; window?: Window }): Promise<HistoryResult> {
    const { items, before } = await this.session(id).history(options.before, options.window);
    const messages = items.map((item) => JSON.parse(item) as TranscriptItem);
    return { messages, ...(before !== undefined && { before }) };
  }

  async search(id: string, options: SearchOptions): Promise<FoundMessages> {
    return this.session(id).search(options);
  }

  async body(id: string, key: string, path: readonly string[]): Promise<string> {
    return this.session(id).body(key, path);
  }

  async settleOffer(id: string, prompt: string, action: "send" | "dismiss"): Promise<void> {
    this.session(id).settleOffer(prompt, action);
  }

  async logs(id: string): Promise<string> {
    return this.session(id).logs();
  }

  models(): ReturnType<SessionsService["models"]> {
    return this.#options.models();
  }

  /** Who watches the list changed. */
  viewersChanged(): void {
    for (const session of this.#sessions.values()) session.watchersChanged();
  }

  /** Ends every process in order; sessions start again on first use. */
  async park(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.park()));
  }

  /** Lets go of every process without ending it. */
  async release(): Promise<void> {
    await Promise.all([...this.#sessions.values(), ...this.piSessions.open].map((session) => session.release()));
  }

  /** The session files of all sessions but one. */
  #files(except?: Session): string[] {
    const others = [...this.#sessions.values()].filter((session) => session !== except);
    return others.flatMap(({ info, row }) => info.sessionFile ?? row.sessionFile ?? []);
  }

  #add(row: SessionRow): Session {
    const session = this.#make(row);
    this.#sessions.set(row.id, session);
    this.#options.onChange(row.id);
    return session;
  }

  /** Keeps a session of plain pi in which somebody goes on. */
  #adopt(session: Session): Session {
    if (this.#sessions.has(session.id)) return session;
    this.#checkRoom();
    this.#options.rows.insert(session.row);
    this.piSessions.forget(session.id);
    this.#sessions.set(session.id, session);
    this.#options.onChange(session.id);
    this.#options.audit("session of pi taken over", session.id);
    return session;
  }

  #checkRoom(): void {
    if (this.#sessions.size < limits.sessions) return;
    throw new PierError("TOO_MANY", `There are ${this.#sessions.size} sessions: delete some first.`);
  }

  #make(row: SessionRow): Session {
    const { rows, onChange, watched, git, ...options } = this.#options;
    const isKept = (): boolean => this.#sessions.has(row.id);
    const session: Session = new Session({
      ...options,
      watched,
      row,
      git: (folder) => git?.of(folder),
      onTurnEnd: () => {
        if (watched() || session.info.clients > 0) git?.look(row.cwd);
      },
      save: (change) => rows.update(row.id, change),
      origin: () => (isKept() ? "pier" : "pi"),
      onChange: () => {
        if (isKept()) onChange(row.id);
      },
    });
    return session;
  }

  /** Nothing is left of an ephemeral session whose process is gone. */
  #dropIfLost(session: Session): void {
    if (session.row.ephemeral && session.info.activity === "parked") this.#drop(session, nothingKept);
  }

  #drop(session: Session, reason: string): void {
    this.piSessions.removed(session.row);
    this.#sessions.delete(session.id);
    this.#options.rows.remove(session.id);
    session.removed(reason);
    this.#options.onChange(session.id);
    this.#options.onDropped();
  }
}

const nothingKept = "The session is gone: nothing of it was kept.";
