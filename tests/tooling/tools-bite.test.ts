import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runTool } from "../../scripts/check/run-check.ts";
import { temporaryTree } from "./temporary-tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A tree with the real configuration and the real tools, and nothing but the given files. */
function treeWithTools(files: Record<string, string>): string {
  const tree = temporaryTree({ ...files, "package.json": '{ "type": "module" }' });
  for (const name of [".oxlintrc.json", "tsconfig.json", "tsconfig.pure.json", "tsconfig.browser.json"]) {
    cpSync(join(root, name), join(tree, name));
  }
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  return tree;
}

describe("oxlint", () => {
  const planted: Record<string, string> = {
    "typescript(no-floating-promises)": "async function f() {}\nexport function g() { f(); }",
    "typescript(no-misused-promises)":
      "export const f = (xs: string[]) => xs.forEach(async (x) => { await x.at(0); });",
    "typescript(await-thenable)": "export async function f() { await 1; }",
    "typescript(switch-exhaustiveness-check)":
      "export function f(x: 'a' | 'b') { switch (x) { case 'a': return 1; } return 2; }",
    "typescript(no-unsafe-assignment)":
      "export const f = (text: string) => { const x = JSON.parse(text); return String(x); };",
    "typescript(no-explicit-any)": "export const f = (x: any) => x === 1;",
    "eslint(no-console)": "export const f = () => console.log(1);",
    "import(no-default-export)": "export default 1;",
    "import(no-cycle)": 'import { b } from "./partner.ts";\nexport const a = () => b;',
  };
  const fileFor = (rule: string): string => `packages/server/src/${rule.replaceAll(/\W+/g, "-")}.ts`;

  test("each planted violation is found by its rule", async () => {
    const files = Object.fromEntries(Object.entries(planted).map(([rule, text]) => [fileFor(rule), text]));
    const cycle = fileFor("import(no-cycle)").split("/").at(-1);
    const partner = { "packages/server/src/partner.ts": `import { a } from "./${cycle}";\nexport const b = () => a;` };
    const { passed, output } = await runTool(
      ["node_modules/.bin/oxlint", "--format=unix"],
      treeWithTools({ ...files, ...partner }),
    );
    expect(passed).toBe(false);
    const lines = output.split("\n");
    const unnoticed = Object.keys(planted).filter(
      (rule) => !lines.some((line) => line.includes(fileFor(rule)) && line.includes(rule)),
    );
    expect(unnoticed).toEqual([]);
  });

  test("the terminal's own package may write to the console", async () => {
    const tree = treeWithTools({ "packages/cli/src/a.ts": "export const f = () => console.log(1);" });
    expect((await runTool(["node_modules/.bin/oxlint"], tree)).output).toContain("0 warnings and 0 errors");
  });
});

describe("tsc", () => {
  const errorsOf = async (config: string, files: Record<string, string>): Promise<string[]> => {
    const { output } = await runTool(["node_modules/.bin/tsc", "-p", config], treeWithTools(files));
    return output.split("\n").filter((line) => line.includes("error"));
  };

  test("protocol and session have neither Node's nor a browser's types", async () => {
    const errors = await errorsOf("tsconfig.pure.json", {
      "packages/protocol/src/a.ts": "export const a = process.pid;",
      "packages/protocol/src/b.ts": "export const b = window;",
      "packages/server/src/session/c.ts": 'export { join } from "node:path";',
      "packages/server/src/session/d.ts": "export const d = setTimeout(() => {}, 1);",
      "packages/server/src/session/e.test.ts": "export const e = process.pid;",
      "packages/server/src/f.ts": "export const f = process.pid;",
    });
    expect(errors.map((line) => line.split("(")[0])).toEqual([
      "packages/protocol/src/a.ts",
      "packages/protocol/src/b.ts",
      "packages/server/src/session/c.ts",
      "packages/server/src/session/d.ts",
    ]);
  });

  test("client has a browser's types and none of Node's", async () => {
    const errors = await errorsOf("tsconfig.browser.json", {
      "packages/client/src/a.ts": "export const a = (url: string) => new WebSocket(url);",
      "packages/client/src/b.ts": "export const b = process.pid;",
    });
    expect(errors.map((line) => line.split("(")[0])).toEqual(["packages/client/src/b.ts"]);
  });
});
