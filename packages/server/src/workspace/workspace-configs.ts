import { join, sep } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { PierError, type WorkspaceConfig, type WorkspaceConfigAnswer } from "@pier/protocol";
import { type AllowedRoots, openFolder, straightPath } from "../files/index.ts";
import { type FoundConfig, isOwn, readConfigFile, writeConfigFile } from "./config-file.ts";
import { mergeConfig } from "./merge-config.ts";
import { parseConfig } from "./parse-config.ts";

export interface WorkspaceConfigsOptions {
  /** What `~` is. */
  home: string;
  roots: AllowedRoots;
  /** Where else to look for a folder that has no settings of its own, as a worktree may not; null for nowhere. */
  origin(folder: string): string | null;
  /** Somebody who may run programs here wrote these settings for a folder. */
  onWritten(folder: string, config: WorkspaceConfig): void;
}

/** The settings of projects, in their own folders. */
export class WorkspaceConfigs {
  readonly #options: WorkspaceConfigsOptions;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: WorkspaceConfigsOptions) {
    this.#options = options;
  }

  /** @throws PierError `BAD_REQUEST`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` for a file that does not fit */
  async read(written: string): Promise<WorkspaceConfigAnswer> {
    return this.#within(written, async (inside, path) => {
      const own = await readConfigFile(inside);
      const origin = own ? null : this.#options.origin(path);
      const found = origin === null ? own : await readConfigFile(origin);
      return answer(path, origin ?? path, found);
    });
  }

  /** What is settled for a folder that a person names as a new session's; no root needs to be around it. @throws PierError `CONFLICT` */
  async effective(folder: string): Promise<WorkspaceConfigAnswer> {
    const own = await readConfigFile(folder);
    const origin = own ? null : this.#options.origin(folder);
    return answer(folder, origin ?? folder, origin === null ? own : await readConfigFile(origin));
  }

  /** Changes what is known here and leaves the rest. @throws PierError as `read`, and `STORAGE` */
  async write(written: string, config: WorkspaceConfig): Promise<WorkspaceConfigAnswer> {
    // One after the other: each begins with what the one before wrote.
    const work = this.#writing.then(() => this.#write(written, config));
    this.#writing = work.catch(() => {});
    return work;
  }

  #write(written: string, config: WorkspaceConfig): Promise<WorkspaceConfigAnswer> {
    return this.#within(written, async (inside, path) => {
      if (path.split(sep).includes(".git"))
        throw new PierError("FORBIDDEN", `${path} belongs to git: name the folder of the project.`);
      const found = await readConfigFile(inside);
      const old = found ?? { name: "", text: "" };
      const parsed = parseConfig(old.text, join(path, old.name));
      // Comments go when it is written: not for nothing.
      if (found && isOwn(found) && isDeepStrictEqual(parsed.config, config)) {
        this.#options.onWritten(path, config);
        return answer(path, path, found);
      }
      const text = mergeConfig({ text: old.text, table: parsed.table }, config);
      const name = await writeConfigFile(inside, text);
      this.#options.onWritten(path, config);
      return answer(path, path, { name, text });
    });
  }

  async #within<T>(written: string, work: (inside: string, path: string) => Promise<T>): Promise<T> {
    const { home, roots } = this.#options;
    const folder = await openFolder(await roots.resolve(straightPath(written, home)), roots);
    try {
      return await work(folder.inside, folder.real);
    } finally {
      await folder.close();
    }
  }
}

function answer(path: string, holder: string, found: FoundConfig | null): WorkspaceConfigAnswer {
  if (!found) return { path, file: null, config: {} };
  const file = join(holder, found.name);
  return { path, file, config: parseConfig(found.text, file).config };
}
