import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { newFolder } from "./harness.ts";

/** The README's example as a module that takes the data folder and returns what it read. */
function moduleOf(example: string): string {
  const [, ...rest] = example.split("\n");
  const index = pathToFileURL(join(import.meta.dirname, "../src/index.ts")).href;
  return `import { reattach, spawnDetached } from ${JSON.stringify(index)};
export async function run(dataFolder: string): Promise<string> {
${rest.join("\n")}
return text;
}`;
}

test("README, its example, runs as printed", async () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  expect(example).toMatch(/^import \{ reattach, spawnDetached \} from "@pier\/detached";\n/);
  const folder = newFolder();
  const file = join(folder, "example.ts");
  writeFileSync(file, moduleOf(example));
  const { run } = (await import(file)) as { run: (dataFolder: string) => Promise<string> };
  expect(await run(folder)).toBe("hello\n");
});

test("README, the files of a folder, are those the code names", async () => {
  const { pathsIn } = await import("../src/folder/paths.ts");
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const listed = [...readme.matchAll(/^\| `([a-z.]+)` /gm)].map(([, name]) => name);
  const { folder: _, ...files } = pathsIn("");
  expect(new Set(listed)).toEqual(new Set(Object.values(files)));
});
