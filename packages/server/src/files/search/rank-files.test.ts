import { expect, test } from "vitest";
import { FileListBuilder } from "./file-list.ts";
import { rankFiles } from "./rank-files.ts";

async function rank(paths: readonly string[], query: string, most = 20): Promise<string[]> {
  const list = new FileListBuilder(10_000);
  for (const path of paths) list.add(path, false);
  return (await rankFiles(list.finish().entries, query, most)).best.map(({ path }) => path);
}

test("rankFiles, a query that fits names and paths, puts names first, whole words before letters, short before long", async () => {
  const paths = [
    "cart/index.ts",
    "src/cart-total.ts",
    "src/shop/cart.ts",
    "old/my-cart.ts",
    "src/discart",
    "src/cxaxrxt",
  ];
  expect(await rank([...paths, "x/y.ts"], "cart")).toEqual([
    "cart",
    "src/shop/cart.ts",
    "src/cart-total.ts",
    "old/my-cart.ts",
    "src/discart",
    "src/cxaxrxt",
    "cart/index.ts",
  ]);
});

test("rankFiles, a query with a slash, is compared with the whole path", async () => {
  const paths = ["a/src/index.ts", "src/index.ts", "resrc/index.ts", "lib/src/x/index.ts"];
  const ranked = ["src/index.ts", "a/src/index.ts", "resrc/index.ts", "lib/src/x/index.ts"];
  expect(await rank(paths, "src/ind")).toEqual(ranked);
  expect(await rank(paths, "./SRC/ind")).toEqual(ranked);
});

test("rankFiles, no query, gives what lies at the top first", async () => {
  expect(await rank(["src/a/b.ts", "long-name-at-the-top.txt", "z"], " ")).toEqual([
    "z",
    "src",
    "long-name-at-the-top.txt",
    "src/a",
    "src/a/b.ts",
  ]);
});

test("rankFiles, nothing that fits, gives nothing", async () => {
  expect(await rank(["abc", "cba"], "acb")).toEqual([]);
});

test("rankFiles, more than are wanted, gives the best of all", async () => {
  const paths = Array.from({ length: 6_000 }, (_, index) => `folder-${index % 7}/file-${index}.txt`);
  const all = await rank(paths, "file", 10_000);
  expect(await rank(paths, "file", 25)).toEqual(all.slice(0, 25));
  expect(all.slice(0, 3)).toEqual(["folder-0/file-0.txt", "folder-0/file-7.txt", "folder-1/file-1.txt"]);
});

test("rankFiles, 50,000 entries, lets others have a turn ten times", async () => {
  const list = new FileListBuilder(100_000);
  for (let index = 0; index < 50_000; index++) list.add(`file-${index}.ts`, false);
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    if (isOver) return;
    turns++;
    setImmediate(count);
  };
  setImmediate(count);
  await rankFiles(list.finish().entries, "file", 20);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(9);
});
