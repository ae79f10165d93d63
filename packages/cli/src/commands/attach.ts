import { attachTo } from "../attach/attach-to.ts";
import { chooseSession } from "../attach/choose-session.ts";
import { CliError } from "../cli-error.ts";
import { isAddress } from "../daemon/address.ts";
import { DaemonApi } from "../daemon/daemon-api.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { remoteDaemon } from "../daemon/remote-daemon.ts";
import type { Io } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";

export interface AttachFlags extends DataDirFlag {
  session?: string;
  tokenFile?: string;
}

/** `pier attach`, and `pi-client` */
export async function attach(
  io: Io,
  target: string | undefined,
  flags: AttachFlags,
  program = "pier attach",
): Promise<void> {
  const remote = target !== undefined && isAddress(target);
  if (!remote && flags.tokenFile !== undefined)
    throw new CliError("--token-file goes with an address: on this machine none is needed.");
  if (!remote && flags.session !== undefined)
    throw new CliError(`--session goes with an address: here, \`pier attach ${flags.session}\` is enough.`);
  const { url, token } = remote ? await remoteDaemon(io, target, flags) : await localDaemon(io, flags);
  const word = remote ? flags.session : target;
  const session = await chooseSession(io, new DaemonApi({ url, token }), { url, token, word, remote });
  if (session === null) return;
  const short = session.id.slice(0, 8);
  const back = remote
    ? `${program} ${url} --session ${short}`
    : `pier attach ${short}${flags.dataDir === undefined ? "" : ` --data-dir ${flags.dataDir}`}`;
  await attachTo(io, { url, token, session: session.id, back });
}
