// @ts-check
// Runs a program of Pier with a Node that is new enough for its TypeScript sources. Plain JavaScript for Node 20.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The first Node that runs the TypeScript sources as they are, with the `node:sqlite` that we use. */
const oldest = [22, 19];

/**
 * @param {"pier" | "pi-server" | "pi-client" | "piface"} name
 * @returns {Promise<void>}
 */
export async function launch(name) {
  if (isNewEnough(process.versions.node)) {
    quietExperimentalWarnings();
    const { useTypeCache } = await import("./type-cache.js");
    useTypeCache();
    const { main } = await import("../src/run.ts");
    await main(name);
    return;
  }
  const node = bundledNode();
  if (node) {
    runWith(node, [fileURLToPath(new URL(`${name}.js`, import.meta.url)), ...process.argv.slice(2)]);
    return;
  }
  console.error(
    `${name} needs Node ${oldest.join(".")} or newer; this is Node ${process.versions.node}, and none came with Pier for ` +
      `${process.platform} ${process.arch}: install Node 22 or newer and run it again.`,
  );
  process.exitCode = 1;
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** The Node that npm installed with Pier's dependencies, if any fits this machine. */
function bundledNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name, "bin", "node")).find((path) => existsSync(path));
}

/**
 * @param {string} node
 * @param {string[]} args
 */
function runWith(node, args) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], { stdio: "inherit" });
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well, and a second one would mean "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.once("error", (error) => {
    console.error(`${node} does not run: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

/** Node's own warnings about parts it calls experimental tell a person nothing. */
function quietExperimentalWarnings() {
  /** @type {(...args: unknown[]) => void} */
  const emitWarning = process.emitWarning.bind(process);
  /** @param {unknown[]} args */
  process.emitWarning = (...args) => {
    if (args[1] !== "ExperimentalWarning") emitWarning(...args);
  };
}
