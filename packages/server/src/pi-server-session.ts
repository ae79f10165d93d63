import { errorSentence } from "./session/error-sentence.ts";
import type { Session } from "./session/session.ts";
import type { Sessions } from "./sessions.ts";

/** The one session that version 1 clients speak to: made when it is first asked for, and kept. */
export class PiServerSession {
  readonly #sessions: Sessions;
  readonly #cwd: string;
  #session: Promise<Session> | undefined;

  constructor({ sessions, cwd }: { sessions: Sessions; cwd: string }) {
    this.#sessions = sessions;
    this.#cwd = cwd;
  }

  /** @throws PierError when pi does not start */
  async get(): Promise<Session> {
    const known = await this.#session?.catch(() => undefined);
    // Somebody may have closed it since.
    if (known && known.row.status === "closed") this.#session = undefined;
    this.#session ??= this.#find().catch((error: unknown) => {
      // The next client tries again.
      this.#session = undefined;
      throw new Error(errorSentence(error), { cause: error });
    });
    return this.#session;
  }

  async #find(): Promise<Session> {
    const known = this.#sessions
      .all()
      .find((info) => info.status === "live" && info.cwd === this.#cwd && info.name === sessionName);
    const { id } = known ?? (await this.#sessions.create({ cwd: this.#cwd, name: sessionName }));
    return this.#sessions.session(id);
  }
}

const sessionName = "pi-server";
