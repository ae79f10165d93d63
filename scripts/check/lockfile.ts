import { readFileSync } from "node:fs";
import { join } from "node:path";
import { completeLockfile, type Lockfile } from "../complete-lockfile.mjs";

/** Finds what keeps the lock file from serving every machine: addresses in it, and platforms missing from it. */
export function checkLockfile(root: string): string[] {
  const text = readFileSync(join(root, "package-lock.json"), "utf8");
  const addresses = [...text.matchAll(/"resolved": "(https?:[^"]*)"/g)].map(
    ([, address]) => `package-lock.json carries the address ${address}: "npm install" leaves it out, see .npmrc`,
  );
  const { added } = completeLockfile(JSON.parse(text) as Lockfile);
  const missing = added.map((name) => `package-lock.json lacks ${name}: run "node scripts/complete-lockfile.mjs"`);
  return [...addresses, ...missing];
}
