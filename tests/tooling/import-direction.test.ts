import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkImportDirection } from "../../scripts/check/import-direction.ts";
import { packageImports } from "../../scripts/check/import-rules.ts";
import { repositoryFiles } from "../../scripts/check/repository-files.ts";
import { temporaryTree } from "./temporary-tree.ts";

const violationsIn = (path: string, text: string): string[] =>
  checkImportDirection(temporaryTree({ [path]: text }), [path]);

test("the repository imports in the right direction", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const files = repositoryFiles(root);
  expect(files).toContain("packages/protocol/src/index.ts");
  expect(checkImportDirection(root, files)).toEqual([]);
});

const names = Object.keys(packageImports);
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));

/** The architecture page, written out once more, so that a slip in the table of rules shows. */
const allowed = new Set([
  "client > protocol",
  "server > protocol",
  "server > detached",
  "server > demo-model",
  "tui > client",
  "tui > protocol",
  "web > client",
  "web > protocol",
  "cli > server",
  "cli > tui",
  "cli > web",
  "cli > client",
  "cli > protocol",
]);

test.each(pairs)("%s importing %s is judged as the architecture says", (from, to) => {
  const violations = violationsIn(`packages/${from}/src/planted.ts`, `import { x } from "@pier/${to}";\n`);
  expect(violations).toHaveLength(allowed.has(`${from} > ${to}`) ? 0 : 1);
});

test.each([
  ["an import", 'import { x } from "@pier/server";'],
  ["a type import", 'import type { X } from "@pier/server";'],
  ["an import for its effects", 'import "@pier/server";'],
  ["a re-export", 'export { x } from "@pier/server";'],
  ["a dynamic import", 'const x = await import("@pier/server");'],
  ["an import type", 'let x: import("@pier/server").X;'],
  ["a require", 'const x = require("@pier/server");'],
  ["a deep import", 'import { x } from "@pier/server/src/x.ts";'],
  ["a path into the other package", 'import { x } from "../../server/src/x.ts";'],
  ["a path out of packages/", 'import { x } from "../../../tests/x.ts";'],
])("%s against the direction is found, with its line", (_, line) => {
  const violations = violationsIn("packages/client/src/planted.ts", `// first line\n${line}\n`);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(/^packages\/client\/src\/planted\.ts:2 imports/);
});

test.each([
  ["protocol, Node", "packages/protocol/src/a.ts", "node:fs"],
  ["protocol, Node without the prefix", "packages/protocol/src/a.ts", "fs/promises"],
  ["protocol, a library that is not the schema library", "packages/protocol/src/a.ts", "ws"],
  ["client, Node", "packages/client/src/a.ts", "node:net"],
  ["web, Node", "packages/web/src/a.ts", "node:net"],
  ["session, Node", "packages/server/src/session/a.ts", "node:crypto"],
  ["session, a library", "packages/server/src/session/a.ts", "typebox"],
  ["session, another package that server may import", "packages/server/src/session/a.ts", "@pier/detached"],
  ["session, the rest of the server", "packages/server/src/session/deep/a.ts", "../../store/store.ts"],
])("%s is found", (_, path, specifier) => {
  expect(violationsIn(path, `import { x } from "${specifier}";`)).toHaveLength(1);
});

test.each([
  ["protocol, its schema library", "packages/protocol/src/a.ts", "typebox/value"],
  ["session, itself", "packages/server/src/session/deep/a.ts", "../journal.ts"],
  ["session, the limits", "packages/server/src/session/a.ts", "../limits.ts"],
  ["session, protocol", "packages/server/src/session/a.ts", "@pier/protocol"],
  ["session, Node in a test", "packages/server/src/session/a.test.ts", "node:fs"],
  ["server, Node", "packages/server/src/a.ts", "node:fs"],
  ["server, session", "packages/server/src/http/a.ts", "../session/session.ts"],
  ["tests, anything", "tests/a.test.ts", "@pier/cli"],
  ["bench, anything", "bench/a.ts", "@pier/server"],
])("%s is fine", (_, path, specifier) => {
  expect(violationsIn(path, `import { x } from "${specifier}";`)).toEqual([]);
});

test("a component of Svelte is read, and the line is that of the file", () => {
  const svelte = '<p>import "@pier/server"</p>\n<script lang="ts">\n  import { x } from "@pier/server";\n</script>\n';
  expect(violationsIn("packages/web/src/Planted.svelte", svelte)).toEqual([
    'packages/web/src/Planted.svelte:3 imports "@pier/server": web may import client, protocol',
  ]);
});

test("export * is found, and export * as name is not", () => {
  expect(violationsIn("packages/server/src/a.ts", 'export * from "./b.ts";')).toHaveLength(1);
  expect(violationsIn("packages/server/src/a.ts", 'export * as b from "./b.ts";')).toEqual([]);
});

test("a package without a rule is found", () => {
  expect(violationsIn("packages/newcomer/src/a.ts", "")).toEqual([
    "packages/newcomer/src/a.ts: packages/newcomer has no row in scripts/check/import-rules.ts",
  ]);
});
