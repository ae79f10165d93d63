import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { ClientError, restAddress } from "@pier/client";
import { ask } from "../attach/input/ask.ts";
import { CliError } from "../cli-error.ts";
import { type Io, isInteractive, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { hostKey, isLocal, isSameLocal, pairingSecret } from "./address.ts";
import { DaemonApi } from "./daemon-api.ts";
import { forgetToken, savedToken, saveToken } from "./hosts-file.ts";
import { findLocalDaemon } from "./local-daemon.ts";

export interface RemoteDaemon {
  url: string;
  token: string;
}

type TokenSource = "file" | "local" | "saved" | "paired";

/**
 * The daemon at an address, with a token for it: from `--token-file`, of this machine's own daemon, saved before, or by
 * pairing now.
 *
 * @throws CliError in one sentence: unreachable, no daemon of Pier, a token that is not valid
 */
export async function remoteDaemon(
  io: Io,
  target: string,
  flags: DataDirFlag & { tokenFile?: string },
): Promise<RemoteDaemon> {
  const url = baseUrl(target);
  const found = await findToken(io, target, url, flags);
  try {
    await new DaemonApi({ url, token: found.token }).me();
  } catch (error) {
    throw refusal(io, url, error, found.source);
  }
  return { url, token: found.token };
}

async function findToken(
  io: Io,
  target: string,
  url: string,
  flags: DataDirFlag & { tokenFile?: string },
): Promise<{ token: string; source: TokenSource }> {
  if (flags.tokenFile !== undefined) return { token: readTokenFile(flags.tokenFile), source: "file" };
  const secret = pairingSecret(target);
  if (secret !== undefined) return { token: await pairWith(io, url, secret), source: "paired" };
  const local = isLocal(url) ? await findLocalDaemon(io, flags) : null;
  if (local && isSameLocal(local.url, url)) return { token: local.token, source: "local" };
  const saved = savedToken(io, hostKey(url));
  if (saved !== undefined) return { token: saved, source: "saved" };
  return { token: await askToPair(io, url), source: "paired" };
}

async function askToPair(io: Io, url: string): Promise<string> {
  // Whether somebody is there at all is worth knowing before a code is asked for.
  await new DaemonApi({ url }).me().catch((error: unknown) => {
    if (!(error instanceof ClientError) || error.code !== "UNAUTHENTICATED") throw refusal(io, url, error, "paired");
  });
  if (!isInteractive(io)) {
    throw new CliError(
      `There is no token for ${hostKey(url)}: attach from a terminal once to pair, or give --token-file.`,
    );
  }
  print(io, `This machine is not paired with ${hostKey(url)} yet. \`pier pair\` there shows a code and a link.`);
  const answer = await ask(io, "Code or link: ");
  if (!answer) throw new CliError("Nothing was paired.");
  return pairWith(io, url, pairingSecret(answer) ?? answer);
}

async function pairWith(io: Io, url: string, code: string): Promise<string> {
  try {
    const { token } = await new DaemonApi({ url }).exchangePairing(code, `pier on ${hostname()}`.slice(0, 100));
    saveToken(io, hostKey(url), token);
    return token;
  } catch (error) {
    if (error instanceof ClientError && error.code === "UNAUTHENTICATED")
      throw new CliError(error.message, { cause: error });
    throw error instanceof CliError ? error : refusal(io, url, error, "paired");
  }
}

function refusal(io: Io, url: string, error: unknown, source: TokenSource): CliError {
  const host = hostKey(url);
  const code = error instanceof ClientError ? error.code : undefined;
  if (code === "UNAUTHENTICATED") {
    if (source === "saved") forgetToken(io, host);
    return new CliError(refused[source].replace("HOST", host), { cause: error });
  }
  if (code === "CONNECTION_LOST") {
    return new CliError(`No daemon answers at ${url}: is the address right, and does \`pier serve\` run there?`, {
      cause: error,
    });
  }
  if (code === "NOT_FOUND" || code === "INTERNAL" || !(error instanceof ClientError)) {
    return new CliError(
      `What answers at ${url} is no Pier daemon that this client can speak to: check the address and its prefix, or update that side.`,
      { cause: error },
    );
  }
  return new CliError(error.message, { cause: error });
}

const refused: Record<TokenSource, string> = {
  file: "HOST does not accept the token in --token-file: pair anew with `pier pair` there.",
  local: "HOST does not accept this machine's own token: `pier doctor` looks for the cause.",
  saved: "HOST no longer accepts the token that was saved for it; it is forgotten now: attach again to pair anew.",
  paired: "HOST did not accept the new token: try `pier pair` there once more.",
};

function readTokenFile(path: string): string {
  try {
    const token = readFileSync(path, "utf8").trim();
    if (token === "" || /\s/.test(token)) throw new CliError(`${path} holds no token: it should hold that one word.`);
    return token;
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`The token file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
}

/** The address without fragment, as http. */
function baseUrl(target: string): string {
  return restAddress(target).replace(/\/$/, "");
}
