import { checkFileLength } from "./file-length.ts";
import { checkImportDirection } from "./import-direction.ts";
import { checkLockfile } from "./lockfile.ts";
import { checkMachineTraces } from "./machine-traces.ts";
import { checkTestPlaces } from "./test-places.ts";

/** A check is a tool, or a function that returns one line for each problem. */
export type Check = { name: string } & (
  | { tool: readonly string[]; fix?: readonly string[] }
  | { find: (root: string, files: readonly string[]) => string[]; fix?: readonly string[] }
);

const bin = "node_modules/.bin";

/** All checks, slow ones first. Programs are relative to the root. */
export const checks: readonly Check[] = [
  { name: "types", tool: [`${bin}/tsc`, "-p", "tsconfig.json"] },
  { name: "types: protocol and session without Node or browser", tool: [`${bin}/tsc`, "-p", "tsconfig.pure.json"] },
  { name: "types: client without Node", tool: [`${bin}/tsc`, "-p", "tsconfig.browser.json"] },
  {
    name: "types: web",
    tool: [
      `${bin}/node`,
      "node_modules/svelte-check/bin/svelte-check",
      "--tsconfig",
      "./tsconfig.json",
      "--workspace",
      "packages/web",
      "--fail-on-warnings",
    ],
  },
  { name: "lint", tool: [`${bin}/oxlint`], fix: [`${bin}/oxlint`, "--fix"] },
  { name: "format", tool: [`${bin}/oxfmt`, "--check"], fix: [`${bin}/oxfmt`] },
  { name: "unused", tool: [`${bin}/knip`, "--no-progress", "--no-config-hints"] },
  { name: "import direction", find: checkImportDirection },
  { name: "file length", find: checkFileLength },
  { name: "test places", find: checkTestPlaces },
  { name: "lock file", find: checkLockfile, fix: [`${bin}/node`, "scripts/complete-lockfile.mjs"] },
  { name: "machine traces", find: checkMachineTraces },
];
