import type { SessionInfo } from "@pier/protocol";
import { pier } from "./pier.svelte.ts";

/** The live list of Pier's sessions, as components see it. */
class SessionList {
  /** Those that need somebody first, live before closed, then the latest active. */
  sessions = $state.raw<readonly SessionInfo[]>([]);
  /** Whether the list is the daemon's present one. */
  synced = $state(false);
  /** Whether there is a list, be it an older one while there is no connection. */
  known = $state(false);
  /** Another number whenever sessions of plain pi came, changed or went. */
  piRevision = $state(0);

  /** How many need somebody. */
  get needing(): number {
    return this.sessions.filter(({ attention, status }) => attention && status === "live").length;
  }

  /** Follows the list until the returned function is called; call it in an `$effect`. */
  follow(): () => void {
    const { connection } = pier;
    if (!connection) return () => {};
    const view = connection.watch();
    const show = (): void => {
      this.sessions = view.sorted;
      this.synced = view.synced;
      if (view.synced) this.known = true;
      this.piRevision = view.piRevision ?? 0;
    };
    const stop = view.subscribe(show);
    show();
    return () => {
      stop();
      view.close();
      this.synced = false;
      this.known = false;
    };
  }
}

export const sessionList = new SessionList();
