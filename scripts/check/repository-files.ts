import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Lists the files that git tracks or would track, relative to the root, with forward slashes. */
export function repositoryFiles(root: string): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const output = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return output.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}

/** Source code by people: neither fixtures nor generated files. */
export function isSource(file: string): boolean {
  return /\.(ts|mts|js|mjs|svelte)$/.test(file) && !/(^|\/)(fixtures|generated)\//.test(file);
}

export function isTest(file: string): boolean {
  return file.endsWith(".test.ts") || /^(packages\/[^/]+\/)?tests\//.test(file);
}
