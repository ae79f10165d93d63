import { removeFile } from "./shared-folder.ts";
import type { UploadRows } from "./upload-row.ts";

/**
 * Files that nothing refers to yet, or any more. Each is noted before it is made, so that whatever a daemon left behind when
 * it died is cleared away by the next one.
 */
export class LooseFiles {
  readonly #rows: Pick<UploadRows, "addLoose" | "loose" | "isReferenced" | "settle">;
  /** What is being made. */
  readonly #underway = new Set<string>();

  constructor(rows: Pick<UploadRows, "addLoose" | "loose" | "isReferenced" | "settle">) {
    this.#rows = rows;
  }

  /** Notes a file that is about to be made. @throws PierError `STORAGE` */
  begin(path: string): void {
    this.#underway.add(path);
    this.#rows.addLoose(path);
  }

  /** These are made, or given up: those without a reference are removed. */
  end(paths: readonly string[]): void {
    for (const path of paths) this.#underway.delete(path);
    this.sweep();
  }

  /** Removes files that nothing refers to. */
  sweep(): void {
    for (const path of this.#rows.loose()) {
      if (this.#underway.has(path)) continue;
      if (this.#rows.isReferenced(path) || removeFile(path)) this.#rows.settle(path);
    }
  }
}
