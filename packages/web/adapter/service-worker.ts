import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PageLoad } from "./page-loads.ts";

/** Writes the service worker, with the names of what makes the page open without the daemon. */
export function writeServiceWorker(folder: string, named: readonly string[], loads: readonly PageLoad[]): void {
  const source = readFileSync(fileURLToPath(new URL("../offline/service-worker.js", import.meta.url)), "utf8");
  const shell = [...new Set([...named, "favicon-lit.svg", ...loads.flatMap(({ first, next }) => [...first, ...next])])];
  // The same sources give the same version; whatever else changes, changes a name in the list.
  const version = process.env["PIER_WEB_VERSION"] ?? "development";
  const known = `const version = ${JSON.stringify(version)};\nconst shell = ${JSON.stringify(shell)};\n`;
  writeFileSync(join(folder, "service-worker.js"), known + source);
}
