import { fileURLToPath } from "node:url";

export const agentPath = fileURLToPath(new URL("../agent.mjs", import.meta.url));
export const launcherPath = fileURLToPath(new URL("../../packages/cli/bin/pier.js", import.meta.url));
