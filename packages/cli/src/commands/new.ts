import { statSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { DaemonApi } from "../daemon/daemon-api.ts";
import { chosenHost, type DaemonFlags } from "../daemon/find-daemon.ts";
import { withDaemon } from "../daemon/with-daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { limits } from "../limits.ts";
import { homePath } from "../text/home-path.ts";

export interface NewFlags extends DaemonFlags {
  name?: string;
  provider?: string;
  model?: string;
  thinking?: string;
  ephemeral?: boolean;
  /** False with `--no-direnv`. */
  direnv: boolean;
  /** True without the name of a branch. */
  worktree?: string | true;
  base?: string;
  setup?: "run" | "skip";
  /** False with `--no-attach`. */
  attach: boolean;
  plain?: boolean;
}

/** `pier new` */
export async function startNew(
  io: Io,
  path: string | undefined,
  flags: NewFlags,
  piArgs: readonly string[],
): Promise<void> {
  const { name, provider, model, thinking, ephemeral, direnv, worktree, base, setup, attach, plain, ...found } = flags;
  if (worktree === undefined && (base !== undefined || setup !== undefined))
    throw new CliError("--base and --setup are for a worktree: add --worktree.");
  const folder = chosenHost(io, found) === null ? folderHere(io, path) : folderThere(path);
  await withDaemon(io, found, async (daemon) => {
    // Its set-up may take its time.
    const api = worktree === undefined ? daemon.api : new DaemonApi(daemon, limits.setup);
    const session = await api.sessions.create({
      working_dir: folder,
      ...(name !== undefined && { name }),
      ...(provider !== undefined && { provider }),
      ...(model !== undefined && { model }),
      ...(thinking !== undefined && { thinking_level: thinking }),
      ...(ephemeral && { ephemeral }),
      ...(!direnv && { use_direnv: false }),
      ...(worktree !== undefined && {
        workspace: {
          mode: "worktree",
          ...(worktree !== true && { branch: worktree }),
          ...(base !== undefined && { base }),
          ...(setup && { setup }),
        },
      }),
      ...(piArgs.length > 0 && { pi_args: [...piArgs] }),
    });
    if (!attach || !isInteractive(io)) return print(io, session.id);
    const { attachTo } = await import("../attach/attach-to.ts");
    await attachTo(io, daemon, () => Promise.resolve(session.id), { ...(plain && { plain }) });
  });
}

/** @throws CliError when it is no folder of this machine */
function folderHere(io: Io, path = "."): string {
  const folder = resolve(io.cwd, path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new CliError(`${homePath(folder, io.env)} is no folder: make it first, or name another.`);
}

/** Of another machine only the daemon there knows which folders it has. @throws CliError */
function folderThere(path: string | undefined): string {
  if (path !== undefined && /^[/~]/.test(path)) return path;
  throw new CliError("A session on a host needs a folder there, as a whole path: `pier new '~/code/shop' --host …`.");
}
