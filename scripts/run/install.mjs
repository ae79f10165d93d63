// @ts-check
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { withFolderLock } from "./folder-lock.mjs";
import { isInstalled, writeStamp } from "./stamp.mjs";

/**
 * Installs the dependencies when node_modules does not match the lock file; several at once wait for the first.
 * @param {string} root
 * @param {(root: string) => Promise<void>} [install]
 * @throws {Error} with npm's output when the installation fails
 */
export async function ensureInstalled(root, install = npmCi) {
  if (isInstalled(root)) return;
  await withFolderLock(join(root, ".pier-install.lock"), async () => {
    if (isInstalled(root)) return;
    console.error("Installing (first run, about 20 s)…");
    await install(root);
    writeStamp(root);
  });
}

/** @param {string} root */
async function npmCi(root) {
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], root);
  if (code === 0) return;
  throw new Error(
    `${output.trimEnd()}\n\nInstalling the dependencies failed: npm ci ended with ${code}. Check that this machine ` +
      `reaches its npm registry and that package-lock.json fits the package.json files ("npm install", then ` +
      `"node scripts/complete-lockfile.mjs"), and run this again.`,
  );
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number | string, output: string }>}
 */
function run(program, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: { ...process.env, PATH: withoutInstalledBins(process.env["PATH"] ?? "") },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", (error) => resolve({ code: error.message, output }));
    child.once("close", (code, signal) => resolve({ code: code ?? signal ?? 1, output }));
  });
}

/**
 * npm must not run on the Node that it is about to delete and install again.
 * @param {string} path
 */
function withoutInstalledBins(path) {
  return path
    .split(delimiter)
    .filter((folder) => !/node_modules[/\\]\.bin$/.test(folder))
    .join(delimiter);
}
