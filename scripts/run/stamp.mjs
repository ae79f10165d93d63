// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Says whether node_modules holds what package-lock.json asks for, on this platform. An installation that somebody made
 * with npm itself counts: npm leaves its own record of what it installed.
 * @param {string} root
 */
export function isInstalled(root) {
  if (!existsSync(installedRecord(root))) return false;
  const lock = readLock(root);
  const wanted = packagesOf(lock);
  if (!ownFoldersAreThere(root, wanted)) return false;
  if (readIfThere(stampFile(root)) === stampOf(lock)) return true;
  if (!recordMatches(root, wanted)) return false;
  writeStamp(root);
  return true;
}

/** @param {string} root */
export function writeStamp(root) {
  writeFileSync(stampFile(root), stampOf(readLock(root)));
}

/** @param {string} lock */
function stampOf(lock) {
  const hash = createHash("sha256").update(lock).digest("hex");
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages by their path */

/**
 * Whether what single packages have to themselves is there. It lies outside the folder with the stamp, so it may be gone
 * while the stamp is not.
 * @param {string} root
 * @param {Packages} wanted
 */
function ownFoldersAreThere(root, wanted) {
  return Object.entries(wanted).every(
    ([path, { optional }]) =>
      !/^(?!node_modules\/).*node_modules\//.test(path) || optional || existsSync(join(root, path)),
  );
}

/**
 * Compares npm's record of what is installed with the lock file. Optional packages may be missing: most are for other
 * platforms.
 * @param {string} root
 * @param {Packages} wanted
 */
function recordMatches(root, wanted) {
  const installed = packagesOf(readIfThere(installedRecord(root)) ?? "");
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    if (!found) return optional === true;
    return found.version === version && existsSync(join(root, path));
  });
}

/**
 * @param {string} lock
 * @returns {Packages}
 */
function packagesOf(lock) {
  try {
    return JSON.parse(lock).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** @param {string} root */
const readLock = (root) => readFileSync(join(root, "package-lock.json"), "utf8");

/** @param {string} root */
const stampFile = (root) => join(root, "node_modules", ".pier-stamp");

/**
 * npm writes it last, so it also says that an installation ended.
 * @param {string} root
 */
const installedRecord = (root) => join(root, "node_modules", ".package-lock.json");
