import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Trash } from "../../src/files/index.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

function openTrash(platform: NodeJS.Platform, env: Record<string, string> = {}) {
  const home = temporaryFolder();
  mkdirSync(home);
  const file = (name: string, text = name): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  return { home, file, trash: new Trash({ home, env, platform }) };
}

test("Trash.put: the file moves, and where it was from stands beside it, as freedesktop.org says", async () => {
  const { home, file, trash } = openTrash("linux");
  const path = file("50% ü.jsonl", "words");
  const place = await trash.put(path);
  expect(place).toBe(join(home, ".local/share/Trash/files/50% ü.jsonl"));
  expect(readFileSync(place as string, "utf8")).toBe("words");
  expect(existsSync(path)).toBe(false);
  const info = readFileSync(join(home, ".local/share/Trash/info/50% ü.jsonl.trashinfo"), "utf8");
  expect(info).toMatch(/^\[Trash Info\]\nPath=\/.*\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/);
  expect(decodeURI(/Path=(.*)/.exec(info)?.[1] ?? "")).toBe(path);
  expect(statSync(join(home, ".local/share/Trash/files")).mode & 0o777).toBe(0o700);
});

test("Trash.put: XDG_DATA_HOME is kept to when it is absolute", async () => {
  const elsewhere = temporaryFolder();
  const given = openTrash("linux", { XDG_DATA_HOME: elsewhere });
  expect(await given.trash.put(given.file("a.jsonl"))).toBe(join(elsewhere, "Trash/files/a.jsonl"));
  const odd = openTrash("linux", { XDG_DATA_HOME: "share" });
  expect(await odd.trash.put(odd.file("a.jsonl"))).toBe(join(odd.home, ".local/share/Trash/files/a.jsonl"));
});

test.each(["linux", "darwin"] as const)("Trash.put on %s: files of one name all stay", async (platform) => {
  const { file, trash } = openTrash(platform);
  const places: (string | null)[] = [];
  for (const text of ["one", "two", "three"]) places.push(await trash.put(file("a.jsonl", text)));
  expect(places.map((place) => readFileSync(place as string, "utf8"))).toEqual(["one", "two", "three"]);
  const sides = await Promise.all(["x", "y"].map((text) => trash.put(file(`${text}.jsonl`, text))));
  expect(new Set(sides).size).toBe(2);
});

test("Trash.put: what another program left of a name is not written over", async () => {
  const { home, file, trash } = openTrash("linux");
  const files = join(home, ".local/share/Trash/files");
  mkdirSync(files, { recursive: true });
  symlinkSync("/nowhere", join(files, "a.jsonl"));
  expect(await trash.put(file("a.jsonl"))).toBe(join(files, "a.2.jsonl"));
  expect(readdirSync(join(home, ".local/share/Trash/info"))).toEqual(["a.2.jsonl.trashinfo"]);
});

test("Trash.put: where there is no trash the file stays, and nothing says otherwise", async () => {
  const windows = openTrash("win32");
  const kept = windows.file("a.jsonl");
  expect(await windows.trash.put(kept)).toBe(null);
  expect(existsSync(kept)).toBe(true);
  const { home, file, trash } = openTrash("linux");
  writeFileSync(join(home, ".local"), "a file in the way");
  expect(await trash.put(file("a.jsonl"))).toBe(null);
  const other = openTrash("linux");
  expect(await other.trash.put(join(other.home, "missing.jsonl"))).toBe(null);
  expect(readdirSync(join(other.home, ".local/share/Trash/info"))).toEqual([]);
});
