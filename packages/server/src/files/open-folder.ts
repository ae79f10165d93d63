import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink } from "node:fs/promises";
import { PierError } from "@pier/protocol";
import type { AllowedRoots } from "./allowed-roots.ts";

export interface OpenFolder {
  /** Where it really lies. */
  real: string;
  /** What it holds is reached below this: the folder that was opened, whatever takes its place meanwhile. */
  inside: string;
  close(): Promise<void>;
}

/**
 * Opens a folder by the real path that `AllowedRoots.resolve` answered, and looks once more at what was opened: in between
 * somebody may have put a symbolic link in its place.
 *
 * @throws PierError `FORBIDDEN`, `NOT_FOUND`, `BAD_REQUEST` when it is no folder
 */
export async function openFolder(real: string, roots: AllowedRoots): Promise<OpenFolder> {
  const handle = await open(real, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(
    (cause: unknown) => {
      throw refusal(real, cause as NodeJS.ErrnoException);
    },
  );
  try {
    const inside = await opened(handle, real);
    const place = inside === real ? real : await readlink(inside);
    if (place !== real || !(await roots.allows(place))) throw moved(real);
    return { real, inside, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function opened(handle: FileHandle, real: string): Promise<string> {
  if (process.platform === "linux") return `/proc/self/fd/${handle.fd}`;
  // Elsewhere an open folder has no path of its own: what stands there now must be what was opened.
  const [found, held] = await Promise.all([lstat(real), handle.stat()]);
  if (found.ino !== held.ino || found.dev !== held.dev) throw moved(real);
  return real;
}

function refusal(real: string, cause: NodeJS.ErrnoException): PierError {
  const said: Record<string, PierError> = {
    ENOTDIR: new PierError("BAD_REQUEST", `${real} is not a folder: choose a folder.`, { cause }),
    ELOOP: moved(real),
    ENOENT: new PierError("NOT_FOUND", `There is no ${real} any more: look at the folder above it.`, { cause }),
    EACCES: new PierError("FORBIDDEN", `The user that runs Pier may not read ${real}: give it the right to.`, {
      cause,
    }),
  };
  return said[cause.code ?? ""] ?? new PierError("NOT_FOUND", `${real} cannot be opened: ${cause.message}.`, { cause });
}

function moved(real: string): PierError {
  return new PierError("FORBIDDEN", `${real} was replaced while it was looked at: try again.`);
}
