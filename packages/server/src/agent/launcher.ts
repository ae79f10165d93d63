import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type DetachedChild, DetachedError, reattach, spawnDetached } from "@pier/detached";
import { PierError } from "@pier/protocol";
import { blockedEnvrc } from "../direnv/direnv.ts";
import { limits } from "../limits.ts";
import type { AgentLauncher, StartedFrom } from "../session/agent-process.ts";
import { checkFolder } from "./check-folder.ts";
import type { PiProgram } from "./find-pi.ts";
import { piArguments } from "./pi-arguments.ts";
import { type PiMeta, PiProcess } from "./pi-process.ts";
import { sessionFiles } from "./session-files.ts";
import type { SessionProgram } from "./session-program.ts";
import { startShell } from "./shell-process.ts";

export interface LauncherOptions {
  /** Folder that holds one folder for each session's journal. */
  runFolder: string;
  /** The pi to use and its version; asked at every start, so that an upgrade of pi is noticed. */
  pi(): Promise<{ program: PiProgram; version: string }>;
  /** Options for every pi, before a session's own. */
  piArgs: readonly string[];
  /** How a program is started in a session's folder. */
  sessionProgram: SessionProgram;
}

/** Starts pi processes as detached children, and finds them again. */
export function createLauncher(options: LauncherOptions): AgentLauncher {
  const folderOf = (session: string, epoch: string): string => join(options.runFolder, session, epoch);
  return {
    async start(start) {
      checkFolder(start.cwd);
      const { program, version } = await options.pi();
      const { sessionFile } = start;
      const meta: PiMeta = {
        session: start.session,
        piVersion: version,
        startedFrom: startedFrom(sessionFile),
      };
      const args = [...program.prefix, ...piArguments(start, version, options.piArgs)];
      const child = await spawnDetached({
        folder: folderOf(start.session, start.epoch),
        ...(await options.sessionProgram(start, { command: program.command, args })),
        epoch: start.epoch,
        extra: { ...meta, startedFrom: { ...meta.startedFrom } },
      }).catch((cause: unknown) => {
        throw new PierError("SESSION_START_FAILED", cause instanceof Error ? cause.message : String(cause), { cause });
      });
      return toProcess(child) as PiProcess;
    },

    shell: (settings, command) => startShell(settings, command, options.sessionProgram),

    startProblem: ({ stderr }) => blockedEnvrc(stderr),

    async reattach(session, epoch) {
      const child = await find(folderOf(session, epoch));
      if (!child) return null;
      const process = child.state() === "dead" ? null : toProcess(child);
      if (!process) await child.dispose();
      return process;
    },

    async discard(session, epoch) {
      const child = await find(folderOf(session, epoch));
      if (child) await child.remove();
      else rmSync(folderOf(session, epoch), { recursive: true, force: true });
    },

    async forget(session) {
      const folder = join(options.runFolder, session);
      for (const epoch of existsSync(folder) ? readdirSync(folder) : []) {
        const child = await find(join(folder, epoch));
        try {
          if (child && child.state() !== "dead") await child.terminate({ graceMs: limits.terminate });
        } finally {
          await child?.remove();
        }
      }
      rmSync(folder, { recursive: true, force: true });
    },

    sessions() {
      return existsSync(options.runFolder) ? readdirSync(options.runFolder) : [];
    },

    async stderrOf(session, epoch) {
      const child = await find(folderOf(session, epoch));
      if (!child) return "";
      try {
        // Whoever closes the session meanwhile removes what it left.
        return await child.stderrTail(limits.stderr).catch(() => "");
      } finally {
        await child.dispose();
      }
    },
  };
}

async function find(folder: string): Promise<DetachedChild | null> {
  if (!existsSync(folder)) return null;
  try {
    return await reattach(folder);
  } catch (error) {
    if (error instanceof DetachedError) return null;
    throw error;
  }
}

function toProcess(child: DetachedChild): PiProcess | null {
  return child.pid === null ? null : new PiProcess(child, child.pid, child.meta.extra as unknown as PiMeta);
}

function startedFrom(file: string | null): StartedFrom {
  if (file === null) return { file, size: 0 };
  return { file, size: sessionFiles.isRewrittenOnLoad(file) ? null : (sessionFiles.size(file) ?? 0) };
}
