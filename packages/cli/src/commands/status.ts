import type { Me } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { asDaemon, type Daemon } from "../daemon/daemon.ts";
import { chosenHost, type DaemonFlags, findDaemon } from "../daemon/find-daemon.ts";
import { type LocalDaemon, localDaemon } from "../daemon/local-daemon.ts";
import { using } from "../daemon/with-daemon.ts";
import { type Io, print } from "../io.ts";
import { countByActivity } from "../sessions/count-by-activity.ts";
import { duration } from "../text/age.ts";
import { homePath } from "../text/home-path.ts";
import { paintFor } from "../text/style.ts";
import { cliVersion } from "../version.ts";

/** `pier status` */
export async function status(io: Io, flags: DaemonFlags): Promise<void> {
  const local = chosenHost(io, flags) === null ? await localDaemon(io, flags) : null;
  const daemon = local ? asDaemon(local, flags) : await findDaemon(io, flags);
  const rows = await using(io, daemon, () => rowsOf(io, daemon, local));
  const paint = paintFor(io.stdout, io.env);
  for (const [title, text] of rows) if (text !== "") print(io, `${paint(title.padEnd(9), "dim")} ${text}`);
}

async function rowsOf(
  io: Io,
  { api, url, fingerprint }: Daemon,
  local: LocalDaemon | null,
): Promise<[string, string][]> {
  const [sessions, me] = await Promise.all([api.listSessions(), api.me()]);
  const { version } = me.server;
  const clients = sessions.reduce((sum, session) => sum + session.clients, 0);
  const other = version === cliVersion ? "" : `, this command is ${cliVersion}`;
  const process = local ? `pid ${local.pid}, up ${duration(Date.now() - local.startedAt)}, ` : "";
  return [
    ["Daemon", `${process}version ${neutraliseLine(version)}${other}`],
    ["Address", url],
    ["TLS", fingerprint === undefined ? "" : `certificate ${fingerprint}`],
    ["Paired as", local ? "" : `${neutraliseLine(me.device.name)}, ${neutraliseLine(me.device.scope)}`],
    ["pi", piText(me)],
    ["Sessions", countByActivity(sessions)],
    ["Clients", clients === 0 ? "none attached" : `${clients} attached`],
    ["Data", local ? homePath(local.dataDir, io.env) : ""],
  ];
}

function piText({ pi }: Me): string {
  const version = pi.version === undefined ? "not found: `pier doctor` says more" : neutraliseLine(pi.version);
  return `${version}${pi.demo ? ", with the demo model" : ""}`;
}
