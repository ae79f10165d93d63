import { describe, expect, test } from "vitest";
import { imageReferences } from "./image-references.ts";

describe("imageReferences", () => {
  test.each<[text: string, paths: string[]]>([
    ["see @a.png", ["a.png"]],
    ["see @docs/a.PNG and @b.jpeg.", ["docs/a.PNG"]],
    ['@"my shot.png" look', ["my shot.png"]],
    ["/home/ada/a.png", ["/home/ada/a.png"]],
    ["~/a.webp", ["~/a.webp"]],
    ["/home/ada/my\\ shot.png what is this", ["/home/ada/my shot.png"]],
    ["'/home/ada/my shot.png'", ["/home/ada/my shot.png"]],
    ["file:///home/ada/my%20shot.gif", ["/home/ada/my shot.gif"]],
    ['<file name="/home/ada/a.png"></file> again', ["/home/ada/a.png"]],
    ["two: @a.png\n@b.gif", ["a.png", "b.gif"]],
    ["(@a.png)", ["a.png"]],
    ["a.png alone is only a word", []],
    ["./a.png", []],
    ["mail ada@x.png", []],
    ["@a.txt", []],
    ["https://example.com/a.png", []],
    ["", []],
  ])("of %j, are %j", (text, paths) => {
    expect(imageReferences(text).map(({ path }) => path)).toEqual(paths);
  });

  test("say where they stand and whether they were meant", () => {
    const text = "see @a.png and /b.png now";
    expect(imageReferences(text).map(({ start, end, explicit }) => [text.slice(start, end), explicit])).toEqual([
      ["@a.png", true],
      ["/b.png", false],
    ]);
  });

  test("of a megabyte of quotes, marks and backslashes, are found before the test is over", () => {
    expect(imageReferences(`${"'\"@\\ (/".repeat(150_000)} @a.png`).at(-1)?.path).toBe("a.png");
  });
});
