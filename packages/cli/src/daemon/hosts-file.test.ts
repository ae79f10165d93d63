import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { forgetToken, savedToken, saveToken } from "./hosts-file.ts";

function world() {
  const folder = mkdtempSync(join(tmpdir(), "pier-hosts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { env: { XDG_CONFIG_HOME: folder }, platform: "linux" as const, path: join(folder, "pier", "hosts.json") };
}

test("tokens are kept by host, for their owner only, whatever the umask", () => {
  const here = world();
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  saveToken(here, "a:1", "one");
  saveToken(here, "b:2/x", "two");
  expect([savedToken(here, "a:1"), savedToken(here, "b:2/x"), savedToken(here, "c:3")]).toEqual([
    "one",
    "two",
    undefined,
  ]);
  expect(statSync(here.path).mode & 0o777).toBe(0o600);
  expect(statSync(join(here.path, "..")).mode & 0o777).toBe(0o700);
});

test("a token that is forgotten, leaves the others", () => {
  const here = world();
  saveToken(here, "a:1", "one");
  saveToken(here, "b:2", "two");
  forgetToken(here, "a:1");
  expect([savedToken(here, "a:1"), savedToken(here, "b:2")]).toEqual([undefined, "two"]);
  expect(readFileSync(here.path, "utf8")).not.toContain("one");
});

test("a file that is no JSON, is refused with what to do", () => {
  const here = world();
  saveToken(here, "a:1", "one");
  writeFileSync(here.path, "{");
  expect(() => savedToken(here, "a:1")).toThrow(/hosts\.json cannot be read .* delete it and pair again/);
});

test("an entry that is no token, counts as none", () => {
  const here = world();
  saveToken(here, "a:1", "one");
  writeFileSync(here.path, '{"a:1": null, "b:2": {"token": 3}, "c:3": {"token": "x"}}');
  expect(["a:1", "b:2", "c:3"].map((host) => savedToken(here, host))).toEqual([undefined, undefined, "x"]);
});
