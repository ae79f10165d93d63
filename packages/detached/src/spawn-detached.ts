import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { openChild } from "./child.ts";
import type { DetachedChild } from "./detached-child.ts";
import { DetachedError } from "./detached-error.ts";
import { errorCode, errorText } from "./error-code.ts";
import { writeMeta } from "./folder/meta-file.ts";
import type { Meta } from "./folder/meta.ts";
import { pathsIn } from "./folder/paths.ts";
import type { Paths } from "./folder/paths.ts";
import { makeFifo } from "./input/make-fifo.ts";
import type { Json } from "./json.ts";
import { META_BYTES } from "./limits.ts";
import { processTable } from "./process/process-table.ts";
import { sendSignal } from "./process/send-signal.ts";
import { supportsDetached } from "./supports-detached.ts";

export interface SpawnDetachedOptions {
  /** Made here with mode 0700, parents too; must not be there yet. */
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is added, and nothing of it is stored. */
  readonly env: Readonly<Record<string, string>>;
  /** Your name for this life of the journal. */
  readonly epoch: string;
  /** Whatever you want to find again in meta.json. */
  readonly extra?: Json;
}

/**
 * Starts a program in a session and process group of its own, with files in `folder` as its stdio.
 * Once it resolves, `reattach(folder)` finds the child from any process; when it rejects, nothing is left behind.
 * @throws DetachedError UNSUPPORTED, BAD_ARGUMENT, FOLDER_EXISTS, NO_FOLDER, NO_FIFO, NO_CWD, CANNOT_START
 */
export async function spawnDetached(options: SpawnDetachedOptions): Promise<DetachedChild> {
  const support = supportsDetached();
  if (!support.supported) throw new DetachedError("UNSUPPORTED", support.reason);
  const meta = firstMeta(options);
  checkCwd(meta.cwd);
  const folder = makeFolder(resolve(options.folder));
  const paths = pathsIn(folder);
  let own: ChildProcess | undefined;
  try {
    await makeFifo(paths.input);
    writeMeta(paths, meta); // before the start: a crash right after it leaves a folder that tells what it is
    own = launch(paths, options);
    const started = identify(meta, await pidOf(own, options.command));
    writeMeta(paths, started);
    return await openChild(paths, started, own);
  } catch (error) {
    if (own) kill(own);
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function firstMeta({ epoch, command, args, cwd, extra }: SpawnDetachedOptions): Meta {
  const meta: Meta = {
    version: 1,
    pid: null,
    startTime: null,
    epoch,
    command,
    args: [...args],
    cwd: resolve(cwd),
    createdAt: new Date().toISOString(),
    extra: extra ?? null,
  };
  const size = Buffer.byteLength(JSON.stringify(meta, null, 2)) + META_SPARE;
  if (size <= META_BYTES) return meta;
  throw new DetachedError(
    "BAD_ARGUMENT",
    `Cannot start ${command}: its meta has ${size} bytes, at most ${META_BYTES} may be; make args or extra smaller`,
  );
}

/** What pid and start time add once they are known. */
const META_SPARE = 256;

/** The system blames the program (ENOENT) when it is the folder that is missing. */
function checkCwd(cwd: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(cwd).isDirectory();
  } catch (cause) {
    throw new DetachedError("NO_CWD", `Cannot start in ${cwd}: ${errorText(cause)}`, { cause });
  }
  if (!isFolder) throw new DetachedError("NO_CWD", `Cannot start in ${cwd}: it is not a folder`);
}

function makeFolder(folder: string): string {
  let isParentThere = false;
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    isParentThere = true;
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o700); // the umask may have taken more than we want
    return realpathSync(folder);
  } catch (cause) {
    const isThere = isParentThere && errorCode(cause) === "EEXIST";
    const code = isThere ? "FOLDER_EXISTS" : "NO_FOLDER";
    throw new DetachedError(code, `Cannot make ${folder}: ${errorText(cause)}`, { cause });
  }
}

function launch(paths: Paths, { command, args, cwd, env }: SpawnDetachedOptions): ChildProcess {
  const stdio: number[] = [];
  try {
    // For reading and writing: opening does not wait, and the child never sees the end of its stdin.
    stdio.push(openSync(paths.input, constants.O_RDWR));
    stdio.push(openOwn(paths.output));
    stdio.push(openOwn(paths.errors));
    const own = spawn(command, [...args], { cwd, env: { ...env }, detached: true, stdio });
    own.unref();
    return own;
  } catch (cause) {
    throw cannotStart(command, cause);
  } finally {
    for (const fd of stdio) closeSync(fd);
  }
}

/** Appending, so that the journal can be cut in front while it is written. */
function openOwn(path: string): number {
  const fd = openSync(path, "ax", 0o600);
  fchmodSync(fd, 0o600);
  return fd;
}

/** Until it is reaped, its number is nobody else's. */
function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) sendSignal(-pid, "SIGKILL");
}

/** No pid means that an error event follows. */
function pidOf(own: ChildProcess, command: string): Promise<number> {
  const { promise, resolve: found, reject } = Promise.withResolvers<number>();
  own.on("error", (cause) => reject(cannotStart(command, cause)));
  if (own.pid !== undefined) found(own.pid);
  return promise;
}

function identify(meta: Meta, pid: number): Meta {
  const startTime = processTable.startTime(pid);
  if (startTime !== null) return { ...meta, pid, startTime };
  throw new DetachedError(
    "CANNOT_START",
    `Cannot start ${meta.command}: the system does not tell when process ${pid} began`,
  );
}

function cannotStart(command: string, cause: unknown): DetachedError {
  return new DetachedError("CANNOT_START", `Cannot start ${command}: ${errorText(cause)}`, {
    cause,
  });
}
