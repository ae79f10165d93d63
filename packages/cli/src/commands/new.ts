import { statSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { homePath } from "../text/home-path.ts";

export interface NewFlags extends DataDirFlag {
  name?: string;
  provider?: string;
  model?: string;
  thinking?: string;
  ephemeral?: boolean;
  /** False with `--no-attach`. */
  attach: boolean;
}

/** `pier new` */
export async function startNew(
  io: Io,
  path: string | undefined,
  flags: NewFlags,
  piArgs: readonly string[],
): Promise<void> {
  const { name, provider, model, thinking, ephemeral, attach, ...found } = flags;
  const folder = resolve(io.cwd, path ?? ".");
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError(`${homePath(folder, io.env)} is no folder: make it first, or name another.`);
  }
  const daemon = await localDaemon(io, found);
  const session = await daemon.api.sessions.create({
    working_dir: folder,
    ...(name !== undefined && { name }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(thinking !== undefined && { thinking_level: thinking }),
    ...(ephemeral && { ephemeral }),
    ...(piArgs.length > 0 && { pi_args: [...piArgs] }),
  });
  if (!attach || !isInteractive(io)) return print(io, session.id);
  const { attachTo } = await import("../attach/attach-to.ts");
  await attachTo(io, {
    url: daemon.url,
    token: daemon.token,
    session: session.id,
    back: `pier attach ${session.id.slice(0, 8)}`,
  });
}
