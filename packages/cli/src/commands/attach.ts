import type { PierConnection } from "@pier/client";
import { attachTo } from "../attach/attach-to.ts";
import { chooseSession } from "../attach/choose-session.ts";
import { CliError } from "../cli-error.ts";
import { isAddress } from "../daemon/address.ts";
import { chosenHost, type DaemonFlags, findDaemon } from "../daemon/find-daemon.ts";
import { findTarget } from "../daemon/find-target.ts";
import { using } from "../daemon/with-daemon.ts";
import type { Io } from "../io.ts";

export interface AttachFlags extends DaemonFlags {
  session?: string;
  plain?: boolean;
}

/** `pier attach`, and `pi-client` */
export async function attach(
  io: Io,
  target: string | undefined,
  { session, plain = false, ...flags }: AttachFlags,
  program = "pier",
): Promise<void> {
  const address = target !== undefined && isAddress(target);
  if (address && flags.host !== undefined)
    throw new CliError(`Both --host and ${target} name a daemon: give one of them.`);
  if (!address && session !== undefined)
    throw new CliError(`--session goes with an address: here, \`pier attach ${session}\` is enough.`);
  if (!address && flags.tokenFile !== undefined && chosenHost(io, flags) === null)
    throw new CliError("--token-file goes with an address: on this machine none is needed.");
  const { daemon, word, sessions } = address
    ? { daemon: await findDaemon(io, { ...flags, host: target }), word: session }
    : await findTarget(io, target, flags);
  const choose = async (connection: PierConnection): Promise<string | null> =>
    (await chooseSession(io, daemon, { connection, word, plain, ...(sessions && { sessions }) }))?.id ?? null;
  const back = (id: string): string => `pi-client ${daemon.url} --session ${id.slice(0, 8)}`;
  await using(io, daemon, () => attachTo(io, daemon, choose, { plain, ...(program === "pi-client" && { back }) }));
}
