import { configDefaults, defineConfig } from "vitest/config";
import { testProjects } from "./scripts/test-projects.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    reporters: ["default"],
    silent: "passed-only",
    allowOnly: !process.env["CI"],
    projects: testProjects.map(({ name, include, exclude, timeout }, index) => ({
      extends: true,
      test: {
        name,
        include,
        exclude: [...configDefaults.exclude, ...exclude],
        testTimeout: timeout,
        hookTimeout: timeout,
        retry: 0,
        // Far above what anything takes, so that only what never comes reaches it.
        expect: { poll: { timeout: 30_000 } },
        sequence: { groupOrder: index },
      },
    })),
  },
});
