import { shortId } from "../sessions/short-ids.ts";
import type { Access } from "./access.ts";
import { DaemonApi } from "./daemon-api.ts";
import type { LocalDaemon } from "./local-daemon.ts";

/** Where a token came from, so that a refusal can say what to do. */
export type TokenSource = "file" | "local" | "saved" | "paired";

/** The daemon that a command speaks to, here or elsewhere. */
export interface Daemon extends Access {
  token: string;
  api: DaemonApi;
  source: TokenSource;
  /** How commands name it: a saved host's name, or its address; null for this machine's own. */
  host: string | null;
  /** What commands to this machine's own daemon need besides: ` --data-dir …`, or nothing. */
  dataDirFlag: string;
}

/** This machine's own daemon. */
export function asDaemon({ url, token, fingerprint, api }: LocalDaemon, { dataDir }: { dataDir?: string }): Daemon {
  const dataDirFlag = dataDir === undefined ? "" : ` --data-dir ${quoted(dataDir)}`;
  return {
    url,
    token,
    ...(fingerprint !== undefined && { fingerprint }),
    api,
    source: "local",
    host: null,
    dataDirFlag,
  };
}

/** A daemon elsewhere. */
export function remote(access: Access & { token: string }, source: TokenSource, host: string): Daemon {
  return { ...access, api: new DaemonApi(access), source, host, dataDirFlag: "" };
}

/** The command that does something with a session there, as a person would type it. */
export function commandFor({ host, dataDirFlag }: Daemon, verb: string, session: string): string {
  const short = shortId(session);
  if (host === null) return `pier ${verb} ${short}${dataDirFlag}`;
  if (verb === "attach" && !host.includes("/")) return `pier attach ${host}/${short}`;
  return `pier ${verb} ${short} --host ${host}`;
}

function quoted(word: string): string {
  return /^[\w./~:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
