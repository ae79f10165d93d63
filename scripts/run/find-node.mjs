// @ts-check
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The first Node that runs the TypeScript sources as they are, with the `node:sqlite` that we use. */
const oldest = [22, 19];

/**
 * Returns the path of a Node that is new enough: the present one, or the one that npm installed with the dependencies.
 * @param {string} root
 * @param {{ path: string, version: string }} [present]
 * @throws {Error} when there is none
 */
export function findNode(root, present = { path: process.execPath, version: process.versions.node }) {
  if (isNewEnough(present.version)) return present.path;
  const installed = join(root, "node_modules", ".bin", "node");
  if (isNewEnough(versionOf(installed))) return installed;
  throw new Error(
    `Pier needs Node ${oldest.join(".")} or newer; this is Node ${present.version}, and no newer one came with the ` +
      `dependencies for ${process.platform} ${process.arch}. Install Node 22 or newer and run this again.`,
  );
}

/** @param {string} version such as "22.23.3"; anything else is too old */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {string} path */
function versionOf(path) {
  try {
    return execFileSync(path, ["-p", "process.versions.node"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
