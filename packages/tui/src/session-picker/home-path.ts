import { homedir } from "node:os";
import { sep } from "node:path";

/** A path with `~` for the person's home. */
export function homePath(path: string, env: NodeJS.ProcessEnv): string {
  const home = env.HOME || homedir();
  if (path === home) return "~";
  return home !== sep && path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
