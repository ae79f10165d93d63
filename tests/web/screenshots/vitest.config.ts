import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run screenshots`: not a test, so not in the suite; it has its daemon and its browser from there. */
export default defineConfig({
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  test: {
    include: ["tests/web/screenshots/**/*.shot.ts"],
    pool: "forks",
    maxWorkers: 1,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
