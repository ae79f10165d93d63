import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { compareRecords, sessionsTable } from "../sessions/sessions-table.ts";
import { paintFor } from "../text/style.ts";

/** `pier ls` */
export async function list(
  io: Io,
  { all = false, json = false, ...flags }: DataDirFlag & { all?: boolean; json?: boolean },
): Promise<void> {
  const daemon = await localDaemon(io, flags);
  const sessions = (await daemon.api.sessions.list()).toSorted(compareRecords);
  const shown = all ? sessions : sessions.filter(({ status }) => status === "live");
  if (json) return print(io, JSON.stringify(shown, null, 2));
  const closed = sessions.length - shown.length;
  const more = closed > 0 ? `${closed} closed: pier ls --all` : "";
  if (shown.length === 0) return print(io, `No open session: \`pier new\` starts one here.${more && ` (${more})`}`);
  const paint = paintFor(io.stdout, io.env);
  const ids = sessions.map(({ id }) => id);
  for (const line of sessionsTable(shown, { env: io.env, now: Date.now(), paint, ids })) print(io, line);
  if (more) print(io, paint(`\n${more}`, "dim"));
}
