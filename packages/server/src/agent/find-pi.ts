import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import { PierError } from "@pier/protocol";

/** A pi that can be run: `command`, then `prefix`, then options. */
export interface PiProgram {
  /** What was found, for people. */
  path: string;
  command: string;
  prefix: string[];
  source: "option" | "environment" | "path" | "bundled";
}

/**
 * Finds pi: `--pi-cli-path`, then `PIER_PI`, then `pi` on PATH, then the one that came with Pier. A script is run with
 * the daemon's own Node, whatever its first line says.
 *
 * @throws PierError `PI_NOT_FOUND`, `PI_UNUSABLE`
 */
export function findPi(option: string | undefined, env: NodeJS.ProcessEnv): PiProgram {
  if (option !== undefined) return program(resolve(option), "option", "--pi-cli-path");
  if (env.PIER_PI) return program(resolve(env.PIER_PI), "environment", "PIER_PI");
  const onPath = searchPath(env.PATH ?? "");
  if (onPath) return program(onPath, "path", "PATH");
  const bundled = bundledPi();
  if (bundled) return program(bundled, "bundled", "the bundled pi");
  throw new PierError("PI_NOT_FOUND", "No pi was found: install it, or name it with --pi-cli-path.");
}

function program(path: string, source: PiProgram["source"], named: string): PiProgram {
  if (!existsSync(path)) throw new PierError("PI_NOT_FOUND", `${named} names ${path}, but there is no such file.`);
  if (!statSync(path).isFile()) throw new PierError("PI_UNUSABLE", `${named} names ${path}, which is not a file.`);
  const real = realpathSync(path);
  if (isNodeScript(real)) return { path, source, command: process.execPath, prefix: [real] };
  try {
    accessSync(real, constants.X_OK);
  } catch (cause) {
    throw new PierError("PI_UNUSABLE", `${named} names ${path}, which may not be executed: chmod +x it.`, { cause });
  }
  return { path, source, command: path, prefix: [] };
}

function isNodeScript(path: string): boolean {
  if (/\.[cm]?js$/.test(path)) return true;
  const firstLine = readFileSync(path).subarray(0, 200).toString("latin1").split("\n", 1)[0] ?? "";
  return /^#!.*\bnode\b/.test(firstLine);
}

function searchPath(path: string): string | undefined {
  for (const folder of path.split(delimiter)) {
    // The pi that npm linked for Pier's own dependency is the bundled one.
    if (folder === "" || folder.endsWith(join("node_modules", ".bin"))) continue;
    const candidate = join(folder, "pi");
    if (existsSync(candidate) && statSync(candidate).isFile()) return candidate;
  }
  return undefined;
}

function bundledPi(): string | undefined {
  const name = "@earendil-works/pi-coding-agent";
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const manifest = join(folder, name, "package.json");
    if (!existsSync(manifest)) continue;
    const bin = (JSON.parse(readFileSync(manifest, "utf8")) as { bin?: Record<string, string> }).bin?.pi;
    return bin === undefined ? undefined : join(dirname(manifest), bin);
  }
  return undefined;
}
