import type { Io } from "../io.ts";
import type { Daemon } from "./daemon.ts";
import { type DaemonFlags, findDaemon } from "./find-daemon.ts";

/** Does something with the daemon that a command is about. What goes wrong between the two is said in one sentence. */
export async function withDaemon<T>(io: Io, flags: DaemonFlags, work: (daemon: Daemon) => Promise<T>): Promise<T> {
  return using(io, await findDaemon(io, flags), work);
}

/** The same with a daemon that was found before. */
export async function using<T>(io: Io, daemon: Daemon, work: (daemon: Daemon) => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work(daemon);
  } catch (error) {
    throw await (await import("./refusal.ts")).refusal(io, daemon, error);
  }
  await noteUse(io, daemon);
  return result;
}

/** Remembers when a saved host was last used. */
export async function noteUse(io: Io, { url, source }: Daemon): Promise<void> {
  if (source === "saved") (await import("./remote-daemon.ts")).noteHostUse(io, url);
}
