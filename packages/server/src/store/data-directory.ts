import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/**
 * Where the daemon keeps its files: the `--data-dir` option, then `PIER_DATA_DIR`, then the platform's own place.
 * The folder is not made.
 */
export function dataDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, option?: string): string {
  const chosen = option || env["PIER_DATA_DIR"];
  if (chosen) return resolve(chosen);
  const home = env["HOME"] || homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support", "pier");
  if (platform === "win32") return join(env["LOCALAPPDATA"] || join(home, "AppData", "Local"), "pier");
  // The XDG specification has relative paths ignored.
  const xdg = env["XDG_DATA_HOME"];
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, ".local", "share"), "pier");
}
