import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { PierError } from "@pier/protocol";
import { workspaceLimits } from "../limits.ts";
import { errorSentence } from "../session/error-sentence.ts";

/** Where settings stand below a project's folder; the first is the one that is written. */
const folders = [".pier", ".piface"] as const;
const fileName = "workspace.toml";

export interface FoundConfig {
  /** Below the project's folder: `.pier/workspace.toml`. */
  name: string;
  text: string;
}

/**
 * A project's settings as they stand on disk; null where there are none. Symbolic links are not followed: what is read and
 * written is in the folder itself.
 *
 * @param project the folder, as it is reached
 * @throws PierError `CONFLICT` for what is no file to be read
 */
export async function readConfigFile(project: string): Promise<FoundConfig | null> {
  for (const folder of folders) {
    const inner = await openInner(project, folder);
    if (!inner) continue;
    try {
      const name = join(folder, fileName);
      const text = await readText(join(inner.inside, fileName), name);
      if (text !== null) return { name, text };
    } finally {
      await inner.handle.close();
    }
  }
  return null;
}

/** Whether settings stand where they are written. */
export function isOwn({ name }: FoundConfig): boolean {
  return name === join(folders[0], fileName);
}

/** Puts a text in the place of the settings, whole or not at all; answers its name. @throws PierError `CONFLICT`, `STORAGE` */
export async function writeConfigFile(project: string, text: string): Promise<string> {
  const [folder] = folders;
  const name = join(folder, fileName);
  try {
    await mkdir(join(project, folder)).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    const inner = await openInner(project, folder);
    if (!inner) throw new PierError("CONFLICT", `${folder} is gone again: try once more.`);
    try {
      await replace(join(inner.inside, fileName), text);
      await inner.handle.sync();
    } finally {
      await inner.handle.close();
    }
  } catch (cause) {
    if (cause instanceof PierError) throw cause;
    throw new PierError("STORAGE", `${name} could not be written: ${errorSentence(cause)}`, { cause });
  }
  return name;
}

async function replace(path: string, text: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  // Always the same name: what a crash leaves is written over.
  const next = await open(`${path}.new`, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    await next.writeFile(text);
    await next.sync();
  } finally {
    await next.close();
  }
  await rename(`${path}.new`, path);
}

/** Opens `.pier` itself, and what it holds is reached through that, whatever takes its place meanwhile. */
async function openInner(project: string, name: string): Promise<{ inside: string; handle: FileHandle } | null> {
  const path = join(project, name);
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw unfit(name, error);
  });
  if (!handle) return null;
  return { handle, inside: process.platform === "linux" ? `/proc/self/fd/${handle.fd}` : path };
}

async function readText(path: string, name: string): Promise<string | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // A FIFO would be waited for.
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw unfit(name, error);
  });
  if (!handle) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new PierError("CONFLICT", `${name} is no file: put a file there, or nothing.`);
    if (found.size > workspaceLimits.config)
      throw new PierError(
        "CONFLICT",
        `${name} has ${found.size} bytes: at most ${workspaceLimits.config} are read, make it smaller.`,
      );
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function unfit(name: string, cause: unknown): PierError {
  const links = ["ELOOP", "ENOTDIR"].includes(codeOf(cause) ?? "");
  return new PierError(
    "CONFLICT",
    links
      ? `${name} is a symbolic link, or not what it should be: put a real folder and file there.`
      : `${name} cannot be opened: ${errorSentence(cause)}`,
    { cause },
  );
}
