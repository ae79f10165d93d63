// @ts-check
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolderLock } from "./folder-lock.mjs";

/** What the web interface is made of, relative to the root. */
const sources = [
  "package-lock.json",
  "packages/web/package.json",
  "packages/web/vite.config.ts",
  "packages/web/adapter",
  "packages/web/frames",
  "packages/web/offline",
  "packages/web/static",
  "packages/web/src",
  "packages/client/src",
  "packages/protocol/src",
];

/**
 * Builds the web interface when its sources changed since the last build; several at once wait for the first.
 * @param {string} root
 * @param {string} node the Node to build with
 * @throws {Error} with the build's output when it fails
 */
export async function ensureWebBuilt(root, node) {
  const version = digestOf(root);
  if (isBuilt(root, version)) return;
  await withFolderLock(join(root, ".pier-build.lock"), async () => {
    if (isBuilt(root, version)) return;
    console.error("Building the web interface (its sources changed, about 20 s)…");
    const { status, stdout, stderr } = spawnSync(node, [join(root, "node_modules/vite/bin/vite.js"), "build"], {
      cwd: join(root, "packages/web"),
      encoding: "utf8",
      env: { ...process.env, PIER_WEB_VERSION: version, NODE_ENV: "production" },
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}\nBuilding the web interface failed.`);
    writeFileSync(stampOf(root), version);
  });
}

/**
 * @param {string} root
 * @param {string} version
 */
function isBuilt(root, version) {
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), "utf8") === version;
}

/** @param {string} root */
function stampOf(root) {
  return join(root, "packages/web/build/.stamp");
}

/**
 * A digest over names and contents, so that the same sources are the same version.
 * @param {string} root
 */
function digestOf(root) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(root, path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}
