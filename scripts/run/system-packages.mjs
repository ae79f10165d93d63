// @ts-check
import { spawnSync } from "node:child_process";

/** The programs that the tests need, and the Debian packages that bring them. */
const systemPackages = [
  { program: "tmux", debianPackage: "tmux" },
  { program: "openssl", debianPackage: "openssl" },
  { program: "direnv", debianPackage: "direnv" },
  { program: "chromium", debianPackage: "chromium" },
];

/**
 * Installs the Debian packages of missing programs.
 * @param {typeof systemPackages} [table]
 * @param {(argv: string[]) => boolean} [run] runs a command and says whether it succeeded
 * @param {boolean} [isRoot]
 * @throws {Error} with the command to run, when a program is missing and cannot be installed
 */
export function ensurePrograms(table = systemPackages, run = runCommand, isRoot = process.getuid?.() === 0) {
  const missing = table.filter(({ program }) => !run(["sh", "-c", `command -v "$1"`, "sh", program]));
  if (missing.length === 0) return;
  const names = missing.map(({ program }) => program).join(", ");
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const advice = `The tests need ${names}. On Debian: sudo apt-get install ${packages.join(" ")}`;
  if (!isRoot || !run(["sh", "-c", "command -v apt-get"])) throw new Error(advice);
  console.error(`Installing ${names} (needed by the tests)…`);
  const install = [...aptGet, "install", "--yes", "--no-install-recommends", ...packages];
  if (run(install)) return;
  run([...aptGet, "update"]);
  if (!run(install)) throw new Error(`Installing ${names} with apt-get failed. ${advice}`);
}

const aptGet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"];

/** @param {string[]} argv */
function runCommand([program = "", ...args]) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}
