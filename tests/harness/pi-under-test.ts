import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandSpec } from "@pier/protocol";

const bundled = findBundled();

/** The `cli.js` of the pi that the tests drive: `PIER_TEST_PI`, or the one that comes with Pier. */
export const piCli: string = process.env["PIER_TEST_PI"] ?? join(bundled, "dist", "cli.js");

/** Its version, from the package around it. */
export const piVersion: string = readVersion(dirname(piCli));

/** pi's own extension that uses every method of the extension UI; the same for each version. */
export const rpcDemo = join(bundled, "examples", "extensions", "rpc-demo.ts");

/** Whether the pi under test is this version or a newer one. */
export function piAtLeast(version: string): boolean {
  const have = piVersion.split(".").map(Number);
  const want = version.split(".").map(Number);
  const differs = want.findIndex((part, index) => part !== (have[index] ?? 0));
  return differs === -1 || (have[differs] ?? 0) > (want[differs] ?? 0);
}

/** Whether the pi under test has a command. */
export function piKnows(command: string): boolean {
  const { since } = commandSpec(command);
  return since === undefined || piAtLeast(since);
}

function findBundled(): string {
  const server = createRequire(fileURLToPath(new URL("../../packages/server/package.json", import.meta.url)));
  for (const folder of server.resolve.paths("@earendil-works/pi-coding-agent") ?? []) {
    const found = join(folder, "@earendil-works", "pi-coding-agent");
    if (existsSync(found)) return found;
  }
  throw new Error("There is no bundled pi: run npm install.");
}

function readVersion(folder: string): string {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return readVersion(dirname(folder));
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: string };
  return version ?? readVersion(dirname(folder));
}
