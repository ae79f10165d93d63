import type { Daemon } from "../daemon/daemon.ts";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import { withDaemon } from "../daemon/with-daemon.ts";
import { type Io, print } from "../io.ts";
import { compareRecords, sessionsTable } from "../sessions/sessions-table.ts";
import { paintFor } from "../text/style.ts";

export interface ListFlags extends DaemonFlags {
  all?: boolean;
  json?: boolean;
}

/** `pier ls` */
export async function list(io: Io, flags: ListFlags): Promise<void> {
  await withDaemon(io, flags, (daemon) => listThere(io, daemon, flags));
}

async function listThere(io: Io, { api, host }: Daemon, { all = false, json = false }: ListFlags): Promise<void> {
  const sessions = (await api.listSessions({ plain: all })).toSorted(compareRecords);
  const shown = all ? sessions : sessions.filter(({ status }) => status === "live");
  if (json) return print(io, JSON.stringify(shown, null, 2));
  const closed = sessions.length - shown.length;
  const more = closed > 0 ? `${closed} closed: pier ls --all` : "";
  if (shown.length === 0) {
    const start = host === null ? "`pier new` starts one here" : `\`pier new FOLDER --host ${host}\` starts one there`;
    return print(io, `No open session: ${start}.${more && ` (${more})`}`);
  }
  const paint = paintFor(io.stdout, io.env);
  const ids = sessions.map(({ id }) => id);
  for (const line of sessionsTable(shown, { env: io.env, now: Date.now(), paint, ids })) print(io, line);
  if (more) print(io, paint(`\n${more}`, "dim"));
}
