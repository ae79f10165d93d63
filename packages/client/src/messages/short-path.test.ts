import { expect, test } from "vitest";
import { shortPath } from "./short-path.ts";

test.each([
  ["/home/ada/project/src/a.ts", "src/a.ts"],
  ["/home/ada/project", "."],
  ["/home/ada/project-two/a.ts", "~/project-two/a.ts"],
  ["/home/ada/notes.md", "~/notes.md"],
  ["/home/ada", "~"],
  ["/home/grace/a.ts", "/home/grace/a.ts"],
  ["/etc/hosts", "/etc/hosts"],
  ["src/a.ts", "src/a.ts"],
  ["~/a.ts", "~/a.ts"],
])("shortPath of %s in /home/ada/project, is %s", (path, expected) => {
  expect(shortPath(path, "/home/ada/project")).toBe(expected);
  expect(shortPath(path, "/home/ada/project/")).toBe(expected);
});

test("shortPath without a folder, or outside of any home, leaves the rest alone", () => {
  expect(shortPath("/home/ada/a", undefined)).toBe("/home/ada/a");
  expect(shortPath("/srv/b", "/srv/a")).toBe("/srv/b");
  expect(shortPath("/Users/ada/b", "/Users/ada/a")).toBe("~/b");
});
