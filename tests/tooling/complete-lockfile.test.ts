import { expect, test } from "vitest";
import { completeLockfile } from "../../scripts/complete-lockfile.mjs";

const complete = (tool: object, others: object = {}): unknown =>
  completeLockfile({ packages: { "node_modules/tool": tool, ...others } }).lock.packages;

test("a missing optional package gets an entry with its platform, sorted in", () => {
  const tool = { dev: true, optionalDependencies: { "@tool/linux-arm64-musl": "1.2.3" } };
  expect(Object.entries(complete(tool) as object)).toEqual([
    [
      "node_modules/@tool/linux-arm64-musl",
      { version: "1.2.3", dev: true, optional: true, os: ["linux"], cpu: ["arm64"], libc: ["musl"] },
    ],
    ["node_modules/tool", tool],
  ]);
});

test("a nested optional package counts as there", () => {
  const tool = { optionalDependencies: { "tool-linux-x64": "1.0.0" } };
  const nested = { "node_modules/tool/node_modules/tool-linux-x64": { version: "1.0.0" } };
  expect(completeLockfile({ packages: { "node_modules/tool": tool, ...nested } }).added).toEqual([]);
});

test("a range is left to npm, since an entry needs a version", () => {
  const tool = { optionalDependencies: { fsevents: "~2.3.2" } };
  expect(completeLockfile({ packages: { "node_modules/tool": tool } }).added).toEqual([]);
});
