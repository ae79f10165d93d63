import { describe, expect, test } from "vitest";
import { checkFileLength } from "../../scripts/check/file-length.ts";
import { checkLockfile } from "../../scripts/check/lockfile.ts";
import { checkMachineTraces } from "../../scripts/check/machine-traces.ts";
import { checkTestPlaces } from "../../scripts/check/test-places.ts";
import { temporaryTree } from "./temporary-tree.ts";

describe("checkFileLength", () => {
  const lines = (count: number): string => "x\n".repeat(count);
  const check = (path: string, count: number, exceptions = {}): string[] =>
    checkFileLength(temporaryTree({ [path]: lines(count) }), [path], exceptions);

  test.each([
    ["packages/a/src/a.ts", 300],
    ["packages/a/src/a.test.ts", 500],
    ["packages/a/tests/helper.ts", 500],
    ["tests/e2e/a.test.ts", 500],
    ["packages/web/src/A.svelte", 300],
    ["packages/web/src/a.css", 300],
  ])("%s may have %i lines and not one more", (path, limit) => {
    expect(check(path, limit)).toEqual([]);
    expect(check(path, limit + 1)).toHaveLength(1);
  });

  test.each(["package-lock.json", "docs/a.md", "tests/fixtures/a.ts", "packages/a/src/generated/a.ts"])(
    "%s may be long",
    (path) => {
      expect(check(path, 2000)).toEqual([]);
    },
  );

  test("an exception may be long, and is complained about once it is not", () => {
    const exceptions = { "packages/a/src/table.ts": "a table" };
    expect(check("packages/a/src/table.ts", 301, exceptions)).toEqual([]);
    expect(check("packages/a/src/table.ts", 300, exceptions)).toHaveLength(1);
  });
});

describe("checkTestPlaces", () => {
  test.each([
    "packages/a/src/deep/a.test.ts",
    "packages/a/tests/a.test.ts",
    "tests/tooling/a.test.ts",
    "tests/e2e/deep/a.test.ts",
    "tests/fixtures/a.test.ts",
  ])("%s is fine", (file) => {
    expect(checkTestPlaces("", [file])).toEqual([]);
  });

  test.each(["packages/a/a.test.ts", "packages/a/src/a.spec.ts", "bench/a.test.ts", "tests/a.test.mjs"])(
    "%s would never run",
    (file) => {
      expect(checkTestPlaces("", [file])).toHaveLength(1);
    },
  );
});

describe("checkLockfile", () => {
  const check = (packages: object): string[] =>
    checkLockfile(temporaryTree({ "package-lock.json": JSON.stringify({ packages }, null, 2) }));

  test("an address is found", () => {
    expect(check({ "node_modules/a": { resolved: "https://example.org/a.tgz" } })).toHaveLength(1);
  });

  test("a workspace's link is fine", () => {
    expect(check({ "node_modules/@pier/a": { resolved: "packages/a", link: true } })).toEqual([]);
  });

  test("an optional package without an entry is found", () => {
    const tool = { optionalDependencies: { "tool-linux-x64": "1.0.0", "tool-darwin-x64": "1.0.0" } };
    expect(check({ "node_modules/tool": tool, "node_modules/tool-linux-x64": {} })).toEqual([
      'package-lock.json lacks tool-darwin-x64@1.0.0: run "node scripts/complete-lockfile.mjs"',
    ]);
  });
});

describe("checkMachineTraces", () => {
  const check = (text: string): string[] => checkMachineTraces(temporaryTree({ "a.md": text }), ["a.md"]);
  // Put together here, or this file would be found itself.
  const path = (...segments: string[]): string => `/${segments.join("/")}`;
  const host = (...labels: string[]): string => labels.join(".");

  test.each([
    path("home", "somebody", "pier"),
    path("Users", "Somebody", "pier"),
    path("root", "pier"),
    path("work", "pier"),
    host("registry", "npmjs", "org"),
    `https://${host("nexus", "example", "org")}/npm`,
    `registry=https://example.org`.replace("=", " = "),
  ])("%s is found, with its line", (trace) => {
    const found = check(`first line\n${trace}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^a\.md:2 names/);
  });

  test.each([
    path("home", "ada", "project"),
    path("tmp", "pier"),
    path("usr", "bin", "node"),
    `~${path("work", "pier")}`,
    `https://example.org${path("work", "pier")}`,
    "docs/work/pier",
    "the registry of devices",
  ])("%s is fine", (text) => {
    expect(check(`see ${text}.`)).toEqual([]);
  });
});
