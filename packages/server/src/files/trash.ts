import { constants, existsSync, lstatSync } from "node:fs";
import { copyFile, link, mkdir, rename, rm, unlink, writeFile } from "node:fs/promises";
import { basename, join, parse } from "node:path";

export interface TrashOptions {
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  platform?: NodeJS.Platform;
}

/** The person's trash: that of freedesktop.org's specification in the home folder, or the one of macOS. */
export class Trash {
  readonly #options: TrashOptions;

  constructor(options: TrashOptions) {
    this.#options = options;
  }

  /** Moves a file to the trash. Resolves to where it is now, or to null when there is no trash for it. */
  async put(file: string): Promise<string | null> {
    const { home, env, platform = process.platform } = this.#options;
    try {
      if (platform === "win32") return null;
      if (platform === "darwin") return await putInto(join(home, ".Trash"), file);
      const data = env["XDG_DATA_HOME"]?.startsWith("/") ? env["XDG_DATA_HOME"] : join(home, ".local", "share");
      return await putWithInfo(join(data, "Trash"), file);
    } catch {
      // Full, not ours, not writable: a person would not get the file back from it.
      return null;
    }
  }

  /** Deletes a file for good. */
  async remove(file: string): Promise<void> {
    await unlink(file);
  }
}

/** Moves a file into a trash whose programs read where it was from a file beside it. */
async function putWithInfo(trash: string, file: string): Promise<string> {
  const [files, infos] = [join(trash, "files"), join(trash, "info")];
  for (const folder of [files, infos]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const info = `[Trash Info]\nPath=${encodeURI(file)}\nDeletionDate=${localTime(new Date())}\n`;
  for (const name of names(file)) {
    // Another file's description may be gone while the file itself is still there.
    if (isThere(join(files, name))) continue;
    const description = join(infos, `${name}.trashinfo`);
    try {
      await writeFile(description, info, { flag: "wx", mode: 0o600 });
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      throw error;
    }
    try {
      await move(file, join(files, name));
      return join(files, name);
    } catch (error) {
      await rm(description, { force: true });
      throw error;
    }
  }
  throw new Error("The trash has no name left for the file.");
}

async function putInto(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of names(file)) {
    const place = join(folder, name);
    try {
      // Never over what is there: renaming would.
      await link(file, place);
      await unlink(file);
      return place;
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      if (codeOf(error) !== "EXDEV") throw error;
      await move(file, place);
      return place;
    }
  }
  throw new Error("The trash has no name left for the file.");
}

/** A move that also reaches another file system. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== "EXDEV") throw error;
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL);
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") await rm(to, { force: true });
      throw cause;
    }
    await unlink(from);
  }
}

/** Names for a file in the trash: its own, then numbered ones. */
function* names(file: string): Generator<string> {
  const { name, ext } = parse(file);
  yield basename(file);
  for (let number = 2; number < mostNames; number++) yield `${name}.${number}${ext}`;
}

const mostNames = 1_000;

function isThere(path: string): boolean {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | undefined)?.code;
}

/** `2026-01-31T23:59:59` in the time of this machine, as the specification has it. */
function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
