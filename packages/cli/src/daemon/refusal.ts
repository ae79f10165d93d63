import { ClientError, CommandError } from "@pier/client";
import { CliError } from "../cli-error.ts";
import type { Io } from "../io.ts";
import { limits } from "../limits.ts";
import { unreachable } from "../transport/unreachable.ts";
import type { Access } from "./access.ts";
import { hostKey } from "./address.ts";
import { DaemonApi } from "./daemon-api.ts";
import type { Daemon, TokenSource } from "./daemon.ts";
import { saveHost } from "./hosts-file.ts";

/** What to say of an error that a daemon, or the way to it, gave. A saved token that is refused is forgotten. */
export async function refusal(io: Io, daemon: Daemon, error: unknown): Promise<unknown> {
  if (error instanceof CliError || error instanceof CommandError) return error;
  const code = error instanceof ClientError ? error.code : undefined;
  switch (code) {
    case "UNAUTHENTICATED":
      if (daemon.source === "saved") saveHost(io, hostKey(daemon.url), { token: undefined });
      return new CliError(refused[daemon.source].replace("HOST", hostKey(daemon.url)), { cause: error });
    case "INCOMPATIBLE_PROTOCOL":
      return otherVersion(daemon, error);
    case "CONNECTION_LOST":
      // Of this machine's own daemon more is known than of an address.
      return daemon.host === null ? error : unreachable(daemon.url, error);
    case "NO_WELCOME":
      return noWelcome(daemon, error);
    case "NOT_FOUND":
    case "INTERNAL":
    case "BAD_FRAME":
    case undefined:
      return (await doubtOf(daemon)) === null ? error : stranger(daemon, error);
    default:
      return error;
  }
}

/** What to say when something else than a daemon of Pier, or an old one, answers. */
export async function stranger(access: Access, error: unknown): Promise<CliError> {
  const spoken = await protocolProblem(access);
  if (spoken) return otherVersion(access, spoken);
  return new CliError(
    `What answers at ${access.url} is no Pier daemon that this client can speak to: check the address and its prefix, or update that side.`,
    { cause: error },
  );
}

const refused: Record<TokenSource, string> = {
  file: "HOST does not accept the token in --token-file: pair anew with `pier pair` there.",
  local: "HOST does not accept this machine's own token: `pier doctor` looks for the cause.",
  saved: "HOST no longer accepts the token that was saved for it; it is forgotten now: attach again to pair anew.",
  paired: "HOST did not accept the new token: try `pier pair` there once more.",
};

function otherVersion({ url }: Access, cause: unknown): CliError {
  const words = cause instanceof Error ? ` (${cause.message.replace(/\.$/, "")})` : "";
  return new CliError(`The daemon at ${url} speaks another version of the protocol${words}: update the older side.`, {
    cause,
  });
}

/** It answers over HTTP, or it would not have come so far. */
async function noWelcome(daemon: Daemon, error: unknown): Promise<unknown> {
  const doubt = await doubtOf(daemon);
  if (doubt instanceof ClientError && doubt.code === "CONNECTION_LOST")
    return daemon.host === null ? doubt : unreachable(daemon.url, doubt);
  if (doubt !== null) return stranger(daemon, error);
  return new CliError(
    `The daemon at ${daemon.url} answers, but opens no WebSocket: does a proxy in between let them pass?`,
    { cause: error },
  );
}

/** Asks whether it is a daemon of Pier at all: null when it is, otherwise why not. */
async function doubtOf(access: Access): Promise<unknown> {
  try {
    const { server } = await new DaemonApi(access, limits.probe).me();
    return typeof server?.id === "string" ? null : new Error("something else answered");
  } catch (error) {
    return error instanceof ClientError && error.code === "UNAUTHENTICATED" ? null : error;
  }
}

/** Whether something speaks the protocol, but not this version of it: says hello once. */
async function protocolProblem(access: Access): Promise<ClientError | null> {
  const { openConnection } = await import("../sessions/open-session.ts");
  const connection = await openConnection(access, { signal: AbortSignal.timeout(limits.hello) });
  try {
    const reason = await new Promise<ClientError | null>((resolve) => {
      connection.onState((state) => {
        if (state.status === "waiting" || state.status === "closed") resolve(state.reason);
        else if (state.status === "open") resolve(null);
      });
    });
    return reason?.code === "INCOMPATIBLE_PROTOCOL" ? reason : null;
  } finally {
    connection.close();
  }
}
