/** Where tests live, in the order in which they run: quick ones first. Times are in milliseconds. */
export const testProjects = [
  { name: "unit", include: ["packages/*/src/**/*.test.ts"], exclude: [], timeout: 30_000 },
  { name: "packages", include: ["packages/*/tests/**/*.test.ts"], exclude: [], timeout: 30_000 },
  {
    name: "integration",
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "tests/chaos/**", "tests/tui/**", "tests/web/**"],
    timeout: 30_000,
  },
  {
    name: "e2e",
    include: ["tests/e2e/**/*.test.ts", "tests/tui/**/*.test.ts", "tests/chaos/**/*.test.ts"],
    exclude: [],
    timeout: 120_000,
  },
  { name: "web", include: ["tests/web/**/*.test.ts"], exclude: [], timeout: 120_000 },
];
