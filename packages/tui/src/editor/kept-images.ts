import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageEnding } from "@pier/client";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

/** Images that were pasted, as files that a prompt can name; they go when the client ends. */
export class KeptImages {
  #folder: TemporaryFolder | null = null;

  /** @returns the path */
  keep(image: Uint8Array, type: string): string {
    this.#folder ??= temporaryFolder("pier-paste-");
    const path = join(this.#folder.path, `${randomUUID().slice(0, 8)}.${imageEnding(type)}`);
    writeFileSync(path, image, { mode: 0o600 });
    return path;
  }

  clear(): void {
    this.#folder?.remove();
    this.#folder = null;
  }
}
