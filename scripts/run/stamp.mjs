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
  if (!ownFoldersAreThere(root)) return false;
  if (readIfThere(stampFile(root)) === expectedStamp(root)) return true;
  if (!recordMatches(root)) return false;
  writeStamp(root);
  return true;
}

/** @param {string} root */
export function writeStamp(root) {
  writeFileSync(stampFile(root), expectedStamp(root));
}

/** @param {string} root */
function expectedStamp(root) {
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/**
 * Whether what single packages have to themselves is there. It lies outside the folder with the stamp, so it may be gone
 * while the stamp is not.
 * @param {string} root
 */
function ownFoldersAreThere(root) {
  return Object.entries(packagesIn(join(root, "package-lock.json"))).every(
    ([path, { optional }]) =>
      !/^(?!node_modules\/).*node_modules\//.test(path) || optional || existsSync(join(root, path)),
  );
}

/**
 * Compares npm's record of what is installed with the lock file. Optional packages may be missing: most are for other
 * platforms.
 * @param {string} root
 */
function recordMatches(root) {
  const installed = packagesIn(installedRecord(root));
  return Object.entries(packagesIn(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && existsSync(join(root, path));
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** @param {string} root */
const stampFile = (root) => join(root, "node_modules", ".pier-stamp");

/**
 * npm writes it last, so it also says that an installation ended.
 * @param {string} root
 */
const installedRecord = (root) => join(root, "node_modules", ".package-lock.json");
