import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { countByActivity } from "../sessions/count-by-activity.ts";
import { duration } from "../text/age.ts";
import { homePath } from "../text/home-path.ts";
import { paintFor } from "../text/style.ts";
import { cliVersion } from "../version.ts";

/** `pier status` */
export async function status(io: Io, flags: DataDirFlag): Promise<void> {
  const daemon = await localDaemon(io, flags);
  const [sessions, me] = await Promise.all([daemon.api.sessions.list(), daemon.api.me()]);
  const paint = paintFor(io.stdout, io.env);
  const clients = sessions.reduce((sum, session) => sum + session.clients, 0);
  const other = daemon.version === cliVersion ? "" : `, this command is ${cliVersion}`;
  const rows = [
    ["Daemon", `pid ${daemon.pid}, up ${duration(Date.now() - daemon.startedAt)}, version ${daemon.version}${other}`],
    ["Address", daemon.url],
    ["pi", `${me.pi.version ?? "not found: `pier doctor` says more"}${me.pi.demo ? ", with the demo model" : ""}`],
    ["Sessions", countByActivity(sessions)],
    ["Clients", clients === 0 ? "none attached" : `${clients} attached`],
    ["Data", homePath(daemon.dataDir, io.env)],
  ] as const;
  for (const [title, text] of rows) print(io, `${paint(title.padEnd(9), "dim")} ${text}`);
}
