// @ts-check
// Runs one of the npm scripts. Plain JavaScript without dependencies: it also runs on the Node 20 of a new machine.
import { fileURLToPath } from "node:url";
import { ensureWebBuilt } from "./run/build-web.mjs";
import { plan } from "./run/commands.mjs";
import { execute } from "./run/execute.mjs";
import { findNode } from "./run/find-node.mjs";
import { ensureInstalled } from "./run/install.mjs";
import { ensurePrograms } from "./run/system-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

try {
  const [command, ...args] = process.argv.slice(2);
  const { program, needsPrograms, needsWeb } = plan(command, args);
  await ensureInstalled(root);
  if (needsPrograms) ensurePrograms();
  if (needsWeb) await ensureWebBuilt(root, findNode(root));
  if (program) process.exitCode = await execute(findNode(root), program, root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
