// @ts-check

/** What each command runs, relative to the root; the user's arguments follow. */
const programs = {
  start: ["packages/cli/bin/pier.js", "serve"],
  test: ["node_modules/vitest/vitest.mjs", "run"],
  check: ["scripts/check.ts"],
  bench: ["bench/main.ts"],
  screenshots: ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/web/screenshots/vitest.config.ts"],
  build: undefined,
  install: undefined,
};

/**
 * Which commands show the web interface, and so have it built. A test run of a part does only when that part is the browser's.
 * @param {string} command
 * @param {string[]} args
 */
function needsWeb(command, args) {
  if (command !== "test") return ["start", "check", "bench", "screenshots", "build"].includes(command);
  const parts = args.filter((arg) => !arg.startsWith("-"));
  return parts.length === 0 || parts.some((part) => part.includes("web") || /^tests\/?$/.test(part));
}

/**
 * Says what a command needs and runs. Arguments go through as they are, `--` included.
 * @param {string | undefined} command
 * @param {string[]} args
 * @returns {{ program: string[] | undefined, needsPrograms: boolean, needsWeb: boolean }}
 * @throws {Error} when there is no such command
 */
export function plan(command, args) {
  if (!command || !Object.hasOwn(programs, command)) {
    throw new Error(`No command "${command ?? ""}": it is one of ${Object.keys(programs).join(", ")}.`);
  }
  const program = programs[/** @type {keyof typeof programs} */ (command)];
  return {
    program: program && [...program, ...args],
    needsPrograms: command === "test" || command === "screenshots",
    needsWeb: needsWeb(command, args),
  };
}
