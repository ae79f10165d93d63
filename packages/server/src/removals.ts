import type { RemovedSession } from "@pier/protocol";
import { disposeSessionFile } from "./dispose-session-file.ts";
import type { Trash } from "./files/index.ts";
import type { SessionFiles } from "./session/agent-process.ts";
import { errorSentence } from "./session/error-sentence.ts";
import type { SessionOptions } from "./session/session-options.ts";
import type { SessionRow } from "./session/session-row.ts";
import type { Session } from "./session/session.ts";

type Removal = NonNullable<SessionRow["removal"]>;

export interface RemovalsOptions {
  files: SessionFiles;
  trash: Pick<Trash, "put" | "remove">;
  /** Whether another session stands in the same file. */
  isUsed(file: string, session: Session): boolean;
  /** Forgets the session. */
  drop(session: Session, reason: string): void;
  onLog: SessionOptions["onLog"];
}

/** Deletes sessions, each once however many ask for it. */
export class Removals {
  readonly #options: RemovalsOptions;
  readonly #under = new Map<string, Promise<RemovedSession>>();

  constructor(options: RemovalsOptions) {
    this.#options = options;
  }

  /** Ends pi, and deletes the session with its file. @throws PierError `CONFLICT`, `STORAGE` */
  remove(session: Session, removal: Removal): Promise<RemovedSession> {
    const under = this.#under.get(session.id);
    if (under) return under;
    const removed = this.#remove(session, removal).finally(() => this.#under.delete(session.id));
    this.#under.set(session.id, removed);
    return removed;
  }

  /** Goes on where an earlier daemon ended. Never throws. */
  async complete(session: Session, removal: Removal): Promise<void> {
    await session.recover();
    await this.remove(session, removal).catch((error: unknown) => {
      const detail = { session: session.id, error: errorSentence(error) };
      this.#options.onLog("warn", "a session could not be deleted", detail);
    });
  }

  async #remove(session: Session, removal: Removal): Promise<RemovedSession> {
    const { files, trash } = this.#options;
    const isUsed = (file: string): boolean => this.#options.isUsed(file, session);
    try {
      await session.condemn(removal);
      const removed = await disposeSessionFile(session.row, { files, trash, isUsed });
      this.#options.drop(session, "The session was deleted.");
      return removed;
    } catch (error) {
      session.spare();
      throw error;
    }
  }
}
