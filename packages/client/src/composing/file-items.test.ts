import { expect, test } from "vitest";
import { fileItems, type FoundFile } from "./file-items.ts";

const file = (path: string): FoundFile => ({ path, directory: false });

test.each<[FoundFile, value: string, label: string]>([
  [file("src/a.ts"), "@src/a.ts", "a.ts"],
  [{ path: "src", directory: true }, "@src/", "src/"],
  [{ path: "src/deep/", directory: true }, "@src/deep/", "deep/"],
  [file("a b.txt"), '@"a b.txt"', "a b.txt"],
  [{ path: "my folder", directory: true }, '@"my folder/"', "my folder/"],
  [file("漢字.md"), "@漢字.md", "漢字.md"],
])("fileItems of %j, gives %j", (found, value, label) => {
  expect(fileItems([found], { at: true, quoted: false })).toMatchObject([{ value, label }]);
});

test("fileItems within quotes, or without @, keep to what was typed", () => {
  expect(fileItems([file("a")], { at: true, quoted: true })[0]?.value).toBe('@"a"');
  expect(fileItems([file("a"), file("b c")], { at: false, quoted: false }).map(({ value }) => value)).toEqual([
    "a",
    '"b c"',
  ]);
});

test("fileItems with control characters or quotes in their names, are left out", () => {
  const hostile = ["a\u001b[2Jb", 'a"b', "a\nb", "a\u202eb", "", "fine"].map(file);
  expect(fileItems(hostile, { at: true, quoted: false }).map(({ value }) => value)).toEqual(["@fine"]);
});
