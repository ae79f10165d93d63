import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeHost, savedHost, savedHosts, saveHost } from "./hosts-file.ts";

function world() {
  const folder = mkdtempSync(join(tmpdir(), "pier-hosts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { env: { XDG_CONFIG_HOME: folder }, platform: "linux" as const, path: join(folder, "pier", "hosts.json") };
}

const desk = { name: "desk", url: "https://a:1", token: "one", device: "pier on ada", scope: "prompt" };

test("saveHost, keeps entries by address, for their owner only, whatever the umask", () => {
  const here = world();
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  saveHost(here, "a:1", desk);
  saveHost(here, "b:2/x", { token: "two" });
  expect(savedHosts(here)).toEqual([
    { key: "a:1", ...desk },
    { key: "b:2/x", token: "two" },
  ]);
  expect(savedHost(here, "c:3")).toBeUndefined();
  expect(statSync(here.path).mode & 0o777).toBe(0o600);
  expect(statSync(join(here.path, "..")).mode & 0o777).toBe(0o700);
});

test("saveHost of one member, keeps the others; undefined takes one away", () => {
  const here = world();
  saveHost(here, "a:1", desk);
  saveHost(here, "a:1", { last_used_at: "2026-01-01T00:00:00.000Z" });
  expect(savedHost(here, "a:1")).toMatchObject({ ...desk, last_used_at: "2026-01-01T00:00:00.000Z" });
  saveHost(here, "a:1", { token: undefined });
  expect(savedHost(here, "a:1")).toMatchObject({ name: "desk" });
  expect(readFileSync(here.path, "utf8")).not.toContain("one");
});

test("removeHost, takes the token out of the file and leaves the others", () => {
  const here = world();
  saveHost(here, "a:1", desk);
  saveHost(here, "b:2", { token: "two" });
  removeHost(here, "a:1");
  expect(savedHosts(here)).toEqual([{ key: "b:2", token: "two" }]);
  expect(readFileSync(here.path, "utf8")).not.toContain("one");
});

test("an entry of versions before names, still gives its token", () => {
  const here = world();
  saveHost(here, "a:1", {});
  writeFileSync(here.path, '{"a:1": {"token": "old"}}');
  expect(savedHost(here, "a:1")).toEqual({ key: "a:1", token: "old" });
});

test.each([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["a word", '"token"'],
  ["nothing at all", ""],
])("a file that holds %s, is refused with what to do and left as it is", (_what, text) => {
  const here = world();
  saveHost(here, "a:1", desk);
  writeFileSync(here.path, text);
  const sentence = /hosts\.json cannot be read .*: correct it, or delete it and pair again\.$/;
  expect(() => savedHost(here, "a:1")).toThrow(sentence);
  expect(() => saveHost(here, "a:1", desk)).toThrow(sentence);
  expect(() => removeHost(here, "a:1")).toThrow(sentence);
  expect(readFileSync(here.path, "utf8")).toBe(text);
});

test("members that make no sense, count as absent and stay in the file", () => {
  const here = world();
  saveHost(here, "a:1", {});
  writeFileSync(here.path, '{"a:1": null, "b:2": {"token": 3, "later": [1]}, "c:3": {"token": "x"}}');
  expect(savedHosts(here)).toEqual([{ key: "a:1" }, { key: "b:2" }, { key: "c:3", token: "x" }]);
  saveHost(here, "b:2", { name: "desk" });
  expect(JSON.parse(readFileSync(here.path, "utf8"))).toEqual({
    "a:1": null,
    "b:2": { token: 3, later: [1], name: "desk" },
    "c:3": { token: "x" },
  });
});

test("saveHost, when another program ended while it held the lock, takes it over", () => {
  const here = world();
  saveHost(here, "a:1", desk);
  const lock = `${here.path}.lock`;
  mkdirSync(lock);
  utimesSync(lock, 1, 1);
  saveHost(here, "a:1", { token: "two" });
  expect(savedHost(here, "a:1")?.token).toBe("two");
});
