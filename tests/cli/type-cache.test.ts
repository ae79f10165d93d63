import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { launcher } from "./programs.ts";

/** A home of its own, with what `pier` keeps in its cache. */
function machine(more: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), "pier-cache-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, ".cache", "pier");
  const file = (): string => join(folder, readdirSync(folder)[0] ?? "");
  return {
    home,
    folder,
    file,
    help: () => {
      const env = { HOME: home, ...more };
      const { stdout, stderr, status } = spawnSync(process.execPath, [launcher("pier")], { env, encoding: "utf8" });
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      return stdout;
    },
    /** Makes the cache say something that the sources do not. */
    plant: () => {
      const cached = JSON.parse(readFileSync(file(), "utf8")) as Record<string, { digest: string; code: string }>;
      const entry = cached["cli/src/program/exit-codes.ts"];
      if (!entry) throw new Error("the cache lacks a source");
      entry.code = entry.code.replace("Exit codes:", "From the cache:");
      writeFileSync(file(), JSON.stringify(cached));
      return cached;
    },
  };
}

test("a program that ends, leaves its sources without types for its owner only, and the next one runs those", () => {
  const { help, folder, file, plant } = machine();
  const before = help();
  expect(before).toContain("Exit codes:");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(help()).toBe(before);
  plant();
  expect(help()).toContain("From the cache:");
});

test("a source that changed since, is not taken from the cache, and goes there anew", () => {
  const { help, file, plant } = machine();
  help();
  const cached = plant();
  const entry = cached["cli/src/program/exit-codes.ts"];
  writeFileSync(
    file(),
    JSON.stringify({ ...cached, "cli/src/program/exit-codes.ts": { ...entry, digest: "another" } }),
  );
  expect(help()).toContain("Exit codes:");
  expect(readFileSync(file(), "utf8")).not.toContain("From the cache:");
});

test.each<[string, (here: ReturnType<typeof machine>) => void]>([
  ["a folder that others may write to", ({ folder }) => chmodSync(folder, 0o777)],
  ["a file that others may write to", ({ file }) => chmodSync(file(), 0o666)],
  ["a file that is no JSON", ({ file }) => writeFileSync(file(), "{")],
  ["a file of another shape", ({ file }) => writeFileSync(file(), '{"cli/src/program/exit-codes.ts": null}')],
])("%s, is not used", (_what, spoil) => {
  const here = machine();
  here.help();
  here.plant();
  spoil(here);
  expect(here.help()).toContain("Exit codes:");
});

test("a home without room for a cache, runs as ever", () => {
  const here = machine();
  writeFileSync(join(here.home, ".cache"), "a file");
  expect(here.help()).toContain("Exit codes:");
  expect(machine({ XDG_CACHE_HOME: "/proc/none" }).help()).toContain("Exit codes:");
});

test("XDG_CACHE_HOME, says where it is", () => {
  const other = mkdtempSync(join(tmpdir(), "pier-cache-"));
  onTestFinished(() => rmSync(other, { recursive: true, force: true }));
  mkdirSync(join(other, "caches"));
  const here = machine({ XDG_CACHE_HOME: join(other, "caches") });
  here.help();
  expect(readdirSync(join(other, "caches", "pier"))).toHaveLength(1);
  expect(existsSync(here.folder)).toBe(false);
});
