import { Transcript } from "@pier/client";
import { type Attached, type Dialog, type DialogAnswer, limits, type SessionInfo } from "@pier/protocol";

export function sessionInfo(change: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id: "s",
    cwd: "/home/ada/project",
    status: "live",
    activity: "idle",
    ephemeral: false,
    demo: false,
    origin: "pier",
    renderMarkdown: true,
    clients: 1,
    createdAt: 1,
    lastActiveAt: 1,
    ...change,
  };
}

/** A session as its frames make it, and what was answered to its dialogs. */
export class TestSession {
  readonly transcript = new Transcript("s");
  readonly answers: [id: string, answer: DialogAnswer][] = [];
  #seq = 0;

  constructor(...dialogs: Dialog[]) {
    this.attach(dialogs);
  }

  subscribe(...given: Parameters<Transcript["subscribe"]>): () => void {
    return this.transcript.subscribe(...given);
  }

  answer(id: string, answer: DialogAnswer): boolean {
    if (!this.transcript.ui.dialogs.has(id)) return false;
    this.answers.push([id, answer]);
    return true;
  }

  /** A snapshot comes, as after a connection was lost. */
  attach(dialogs: readonly Dialog[]): void {
    const attached: Attached = {
      type: "attached",
      session: "s",
      epoch: "e",
      seq: this.#seq,
      mode: "snapshot",
      info: sessionInfo(),
      state: { running: false, pi: null, compaction: null, retry: null, offered: [] },
      messages: [],
      tail: [],
      dialogs: [...dialogs],
      statuses: {},
      widgets: {},
      title: null,
      queue: { steering: [], followUp: [] },
    };
    this.transcript.apply(attached);
  }

  raise(dialog: Dialog): void {
    this.transcript.apply({ type: "extension_ui_request", session: "s", seq: ++this.#seq, ...dialog });
  }

  resolve(id: string, reason: "answered" | "expired" | "gone"): void {
    this.transcript.apply({ type: "extension_ui_resolved", session: "s", id, reason });
  }
}

/** As many dialogs as a session can have. */
export const mostDialogs = limits.dialogs;
