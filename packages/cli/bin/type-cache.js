// @ts-check
// Keeps our sources as Node has stripped them of their types: stripping takes most of a short command's time. Plain JavaScript.
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where our packages are. */
const packages = new URL("../../", import.meta.url).href;

/** ms after which a program has loaded most of what it needs. */
const settled = 2_000;

/** @typedef {{ digest: string, code: string }} Stripped of which source, and what it became */

/**
 * From here on our sources come from the cache, or go there when the program ends. Without a folder that is this person's
 * alone, Node strips them as ever.
 */
export function useTypeCache() {
  const folder = cacheFolder();
  if (!folder) return;
  // Another Node may strip differently, and another copy of Pier has sources of its own.
  const name = createHash("sha256").update(`${process.version} ${packages}`).digest("hex").slice(0, 16);
  const path = join(folder, `types-${name}.json`);
  const known = read(path);
  let news = false;
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith(packages) || !url.endsWith(".ts")) return nextLoad(url, context);
      const source = readFileSync(fileURLToPath(url));
      const digest = createHash("sha1").update(source).digest("base64");
      const key = url.slice(packages.length);
      let entry = known.get(key);
      if (entry?.digest !== digest) {
        entry = { digest, code: stripTypeScriptTypes(source.toString()) };
        known.set(key, entry);
        news = true;
      }
      return { format: "module", source: entry.code, shortCircuit: true };
    },
  });
  const keep = () => {
    if (news) write(path, known);
    news = false;
  };
  process.once("exit", keep);
  // A client or a daemon may run for weeks, and end without a word.
  setTimeout(keep, settled).unref();
}

/** What is executed from there must be nobody else's to write. */
function cacheFolder() {
  const home = cacheHome();
  const folder = join(home, "pier");
  try {
    // One by one: where nothing can be made, as in /proc, making all at once never ends.
    for (const each of [home, folder]) if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    return isOurs(folder) && lstatSync(folder).isDirectory() ? folder : null;
  } catch {
    return null;
  }
}

function cacheHome() {
  const { XDG_CACHE_HOME: xdg, HOME } = process.env;
  if (xdg && isAbsolute(xdg)) return xdg;
  return join(HOME || homedir(), ...(process.platform === "darwin" ? ["Library", "Caches"] : [".cache"]));
}

/** @param {string} path */
function isOurs(path) {
  const { uid, mode } = lstatSync(path);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

/**
 * @param {string} path
 * @returns {Map<string, Stripped>}
 */
function read(path) {
  try {
    if (!isOurs(path)) return new Map();
    const entries = /** @type {Record<string, Stripped>} */ (JSON.parse(readFileSync(path, "utf8")));
    return new Map(Object.entries(entries));
  } catch {
    return new Map();
  }
}

/**
 * @param {string} path
 * @param {Map<string, Stripped>} known
 */
function write(path, known) {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(known)), { mode: 0o600, flag: "wx" });
    renameSync(temporary, path);
  } catch {
    // A cache that cannot be kept is only slower.
    rmSync(temporary, { force: true });
  }
}
