// @ts-check
// `npm install` leaves a platform's optional package out of the lock file when the registry in use does not carry it,
// and `npm ci` then refuses that lock file on every platform. This adds the missing entries by name and version.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lockfile
 */

/**
 * Returns the same lock file with an entry for every optional package, and the names of those added.
 * @param {Lockfile} lock
 */
export function completeLockfile(lock) {
  /** @type {Record<string, Entry>} */
  const packages = { ...lock.packages };
  /** @type {string[]} */
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isExact = /^\d/.test(version);
      if (!isExact || isLocked(packages, path, name)) continue;
      const dev = entry.dev ? { dev: true } : {};
      packages[`node_modules/${name}`] = { version, ...dev, optional: true, ...platformOf(name) };
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, "en"));
  return { lock: added.length > 0 ? { ...lock, packages: Object.fromEntries(sorted) } : lock, added };
}

/**
 * npm looks for a package below the one that asks, then below each folder above it.
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 */
function isLocked(packages, from, name) {
  const segments = from === "" ? [] : from.split("/");
  for (let depth = segments.length; depth >= 0; depth--) {
    if (packages[[...segments.slice(0, depth), "node_modules", name].join("/")]) return true;
  }
  return false;
}

/**
 * Reads the platform from a name such as `@oxlint/binding-linux-arm64-musl`; without it npm would fetch every one.
 * @param {string} name
 */
function platformOf(name) {
  const systems = "aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32";
  const match = new RegExp(`(${systems})-([a-z0-9]+)(?:-([a-z]+))?`).exec(name);
  if (!match?.[1] || !match[2]) return {};
  const libc = match[1] === "linux" && match[3] ? { gnu: "glibc", musl: "musl" }[match[3]] : undefined;
  return { os: [match[1]], cpu: [match[2]], ...(libc ? { libc: [libc] } : {}) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = new URL("../package-lock.json", import.meta.url);
  const { lock, added } = completeLockfile(JSON.parse(readFileSync(file, "utf8")));
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(added.length > 0 ? `Added to package-lock.json: ${added.join(", ")}` : "package-lock.json is complete");
}
