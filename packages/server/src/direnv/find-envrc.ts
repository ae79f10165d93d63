import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What direnv may read; of `.env` its own settings decide. */
export const envrcNames: readonly string[] = [".envrc", ".env"];

/** The file that direnv would read for a folder, as far as its name tells: in it, or in the nearest folder above. */
export function findEnvrc(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const name = envrcNames.find((one) => existsSync(join(at, one)));
    if (name !== undefined) return join(at, name);
    if (at === dirname(at)) return null;
  }
}
