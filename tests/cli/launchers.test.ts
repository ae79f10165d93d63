import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { isNewEnough } from "../../scripts/run/find-node.mjs";
import { temporaryTree } from "../tooling/temporary-tree.ts";
import { launcher } from "./programs.ts";

const names = ["pier", "pi-server", "pi-client", "piface"] as const;

const versionOf = (node: string): string =>
  execFileSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();

/** A Node of this machine that is too old for the sources, if there is one. */
const oldNode = [...new Set((process.env["PATH"] ?? "").split(delimiter)), "/usr/bin"]
  .map((folder) => join(folder, "node"))
  .find((node) => existsSync(node) && !isNewEnough(versionOf(node)));

test.each(names)("%s by way of a link, from any folder, says its version and no warning", (name) => {
  const folder = temporaryTree({});
  symlinkSync(launcher(name), join(folder, name));
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, name), "--version"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: `${name} 0.1.0\n`, stderr: "", status: 0 });
});

test.skipIf(!oldNode)(
  "pier on a Node that is too old, runs with the one that came with Pier and keeps exit code and output",
  () => {
    const run = (...args: string[]) =>
      spawnSync(oldNode ?? "", [launcher("pier"), ...args], { encoding: "utf8", env: { PIER_DATA_DIR: "/nowhere" } });
    expect(run("--version")).toMatchObject({ stdout: "pier 0.1.0\n", stderr: "", status: 0 });
    expect(run("ls")).toMatchObject({
      stdout: "",
      stderr: "pier: No daemon runs: start one with `pier serve`.\n",
      status: 1,
    });
  },
);
