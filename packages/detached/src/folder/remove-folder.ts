import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Paths } from "./paths.ts";

/** Deletes a child's folder, meta.json last: cut short, it can be found and removed again. */
export async function removeFolder({ folder, meta }: Paths): Promise<void> {
  const names = await readdir(folder);
  const others = names.map((name) => join(folder, name)).filter((path) => path !== meta);
  for (const path of others) await rm(path, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}
