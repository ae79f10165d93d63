import { RestClient, restAddress } from "@pier/client";
import { CliError } from "../cli-error.ts";
import { isLocal } from "../daemon/address.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { openSession } from "../sessions/open-session.ts";
import { paintFor } from "../text/style.ts";
import { Conversation, type Left } from "./conversation.ts";

export interface AttachTo {
  url: string;
  token: string;
  session: string;
  /** The command that comes back here. */
  back: string;
}

/** What is asked of a transcript at first, and how much deltas are gathered: a terminal need not draw faster. */
const opening = { window: { messages: 60, bytes: 128 * 1024 }, coalesce: 30 };

/**
 * Follows a session until the person leaves or it is gone.
 *
 * @throws CliError when the daemon cannot be reached, refuses, or goes for good
 */
export async function attachTo(io: Io, { url, token, session, back }: AttachTo): Promise<void> {
  const opened = await openSession({ url, token }, session, opening);
  if (isInteractive(io)) {
    const { runTerminalClient } = await import("@pier/tui");
    const rest = new RestClient({ url, token });
    const host = isLocal(url) ? undefined : new URL(restAddress(url)).hostname;
    const end = await runTerminalClient({ ...opened, rest, env: io.env, host });
    opened.close();
    return sayEnd(io, end, end.session === session ? back : back.replace(session.slice(0, 8), end.session.slice(0, 8)));
  }
  const conversation = new Conversation(io, { ...opened, url, token });
  const leave = (): void => conversation.leave();
  process.once("SIGTERM", leave).once("SIGHUP", leave);
  const { reason, failed } = await conversation.left;
  process.off("SIGTERM", leave).off("SIGHUP", leave);
  conversation.close();
  opened.close();
  sayEnd(io, { reason: failed ? (reason ?? "The last turn failed.") : reason, failed }, back);
}

/** @throws CliError when it ended badly */
function sayEnd(io: Io, { reason, failed }: Left, back: string): void {
  if (failed) throw new CliError(reason ?? "The session cannot be followed any more.");
  if (reason !== null) io.stderr.write(`${reason}\n`);
  else if (isInteractive(io)) {
    const paint = paintFor(io.stdout, io.env);
    print(io, `\n${paint("Left; the session goes on. Come back with:", "dim")}\n  ${back}`);
  }
}
