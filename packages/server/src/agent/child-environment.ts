import { delimiter, join } from "node:path";

/**
 * What children inherit: the person's environment without the daemon's own settings and secrets, and without what
 * npm adds when Pier is started through it (its `node` would hide the person's).
 */
export function childEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name.startsWith("PIER_") || name.startsWith("npm_") || name === "NODE_OPTIONS") continue;
    kept[name] = value;
  }
  if (env.npm_lifecycle_event !== undefined && kept.PATH !== undefined) kept.PATH = withoutNpm(kept.PATH);
  return kept;
}

function withoutNpm(path: string): string {
  const bin = join("node_modules", ".bin");
  return path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(bin) && !folder.endsWith("node-gyp-bin"))
    .join(delimiter);
}
