import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageEnding } from "./images/image-type.ts";

/** Images that were pasted, as files that a prompt can name; they go when the client ends. */
export class KeptImages {
  #folder: string | null = null;

  /** @returns the path */
  keep(image: Uint8Array, type: string): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), "pier-paste-"));
    const path = join(this.#folder, `${randomUUID().slice(0, 8)}.${imageEnding(type)}`);
    writeFileSync(path, image, { mode: 0o600 });
    return path;
  }

  clear(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}
