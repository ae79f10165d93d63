import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listFolder } from "../../src/files/list-folder.ts";
import { openFolder } from "../../src/files/open-folder.ts";
import { readNames } from "../../src/files/read-names.ts";
import { fileLimits } from "../../src/limits.ts";
import { fill, openFolders } from "./open-folders.ts";

const refused = (code: string) => expect.objectContaining({ name: "PierError", code });

describe("list", () => {
  test("list, a folder, gives folders first and then names, with what each is", async () => {
    const { home, files } = openFolders(["b.txt", "a10.txt", "a9.txt", "src/x.ts", ".hidden", "Docs/"]);
    const { path, parent, entries, truncated } = await files.list("~");
    expect({ path, parent, truncated }).toEqual({ path: home, parent: null, truncated: false });
    expect(entries.map(({ name, type, size }) => [name, type, size])).toEqual([
      ["data", "directory", null],
      ["Docs", "directory", null],
      ["src", "directory", null],
      [".hidden", "file", 7],
      ["a9.txt", "file", 6],
      ["a10.txt", "file", 7],
      ["b.txt", "file", 5],
    ]);
    expect(entries[3]).toMatchObject({ path: join(home, ".hidden"), symlink: false });
    expect(Number.isNaN(Date.parse(String(entries[3]?.modified_at)))).toBe(false);
  });

  test("list, a folder below a root, names its parent", async () => {
    const { home, files } = openFolders(["src/x.ts"]);
    expect(await files.list(`${home}/src/`)).toMatchObject({ path: join(home, "src"), parent: home });
  });

  test("list, a file and a name that is not there, say so", async () => {
    const { home, files } = openFolders(["file.txt"]);
    await expect(files.list("~/file.txt")).rejects.toMatchObject({ code: "BAD_REQUEST", message: /not a folder/ });
    await expect(files.list("~/nowhere/at/all")).rejects.toEqual(refused("NOT_FOUND"));
    await expect(files.list(`${home}/file.txt/x`)).rejects.toEqual(refused("NOT_FOUND"));
  });

  test("list, more entries than are shown, is cut after the first and says so", async () => {
    const { home, files } = openFolders();
    mkdirSync(join(home, "many"));
    for (let index = 0; index <= fileLimits.listed; index++) writeFileSync(join(home, "many", `f${index}`), "");
    const { entries, truncated } = await files.list("~/many");
    expect([entries.length, truncated, entries[0]?.name, entries.at(-1)?.name]).toEqual([
      fileLimits.listed,
      true,
      "f0",
      `f${fileLimits.listed - 1}`,
    ]);
  });

  test("list, a pipe and a broken link, are something else", async () => {
    const { home, files } = openFolders(["folder/"]);
    execFileSync("mkfifo", [join(home, "folder", "pipe")]);
    symlinkSync("nothing", join(home, "folder", "broken"));
    const { entries } = await files.list("~/folder");
    expect(entries.map(({ name, type, symlink }) => [name, type, symlink])).toEqual([
      ["broken", "other", true],
      ["pipe", "other", false],
    ]);
  });
});

describe("10. Paths outside the allowed roots are refused", () => {
  test("list, absolute paths outside, are refused alike whether or not they exist", async () => {
    const { top, outside, files } = openFolders();
    for (const path of [outside, join(outside, "inner"), join(outside, "nothing"), top, "/", "/etc", "/no/such"]) {
      expect([path, await files.list(path).catch((error: unknown) => error)]).toEqual([path, refused("FORBIDDEN")]);
    }
  });

  test.each(["~/..", "~/src/../../outside", "~/src/..", "/../etc", "../etc", "~/.."])(
    "list and complete, %j, are refused for climbing",
    async (path) => {
      const { files } = openFolders(["src/x.ts"]);
      await expect(files.list(path)).rejects.toEqual(refused("BAD_REQUEST"));
      await expect(files.complete(path)).rejects.toEqual(refused("BAD_REQUEST"));
    },
  );

  test("list and complete, a NUL, a relative path and another's home, are refused", async () => {
    const { home, files } = openFolders();
    for (const path of [`${home}\0/etc`, "~/\0", "src", ".", "~root/x", "%2Fetc", "file:///etc"]) {
      await expect(files.list(path)).rejects.toEqual(refused("BAD_REQUEST"));
      await expect(files.complete(path)).rejects.toEqual(refused("BAD_REQUEST"));
    }
  });

  test("list, a name as long as no system takes it, is not found", async () => {
    await expect(openFolders().files.list(`~/${"x".repeat(4_000)}`)).rejects.toEqual(refused("NOT_FOUND"));
  });

  test("list, a link that leads out, is refused itself and shown without what it leads to", async () => {
    const { home, outside, files } = openFolders(["in/side/"]);
    symlinkSync(outside, join(home, "in", "out"));
    symlinkSync(join(outside, "secret.txt"), join(home, "in", "file"));
    symlinkSync(join(home, "in", "side"), join(home, "in", "fine"));
    for (const path of ["~/in/out", "~/in/out/inner", "~/in/out/nothing"]) {
      await expect(files.list(path)).rejects.toEqual(refused("FORBIDDEN"));
    }
    const { entries } = await files.list("~/in");
    expect(entries.map(({ name, type, size, symlink }) => [name, type, size, symlink])).toEqual([
      ["fine", "directory", null, true],
      ["side", "directory", null, false],
      ["file", "other", null, true],
      ["out", "other", null, true],
    ]);
    expect((await files.complete("~/in/")).directories).toEqual(["~/in/fine", "~/in/side"]);
    expect((await files.complete("~/in/out/")).directories).toEqual([]);
  });

  test("list, the daemon's own files, are refused although they lie in the home folder", async () => {
    const { home, data, files } = openFolders(["data/run/x"]);
    symlinkSync(data, join(home, "link"));
    for (const path of ["~/data", "~/data/run", "~/link"]) {
      await expect(files.list(path)).rejects.toEqual(refused("FORBIDDEN"));
    }
    expect((await files.complete("~/")).directories).toEqual(["~/data"]);
    expect((await files.complete("~/data/")).directories).toEqual([]);
  });

  test("list, a folder whose name only begins like a root, is refused", async () => {
    const { top, files } = openFolders();
    mkdirSync(join(top, "home2"));
    await expect(files.list(join(top, "home2"))).rejects.toEqual(refused("FORBIDDEN"));
  });

  test("list, roots that were added and folders of sessions, may be looked at; links to them too", async () => {
    const { top, home, files } = openFolders([], { roots: ["added"], sessions: ["work/shop", "link/deep"] });
    fill(top, ["added/x/", "work/shop/src/", "work/other/", "real/deep/er/"]);
    symlinkSync(join(top, "real"), join(top, "link"));
    symlinkSync(join(top, "work"), join(home, "work"));
    expect((await files.list(join(top, "added"))).entries).toHaveLength(1);
    expect((await files.list(join(top, "work", "shop"))).parent).toBeNull();
    expect((await files.list("~/work/shop/src")).path).toBe(join(top, "work", "shop", "src"));
    expect((await files.list(join(top, "link", "deep", "er"))).path).toBe(join(top, "real", "deep", "er"));
    await expect(files.list(join(top, "work", "other"))).rejects.toEqual(refused("FORBIDDEN"));
    await expect(files.list("~/work")).rejects.toEqual(refused("FORBIDDEN"));
  });
});

describe("10. Races", () => {
  test("openFolder, a link in the place of the folder that was resolved, is refused", async () => {
    const { home, outside, roots } = openFolders(["safe/x", "deep/er/x"]);
    const safe = await roots.resolve(join(home, "safe"));
    rmSync(safe, { recursive: true });
    symlinkSync(outside, safe);
    await expect(openFolder(safe, roots)).rejects.toThrow("is not a folder");

    const deeper = await roots.resolve(join(home, "deep", "er"));
    rmSync(join(home, "deep"), { recursive: true });
    fill(outside, ["er/secret.txt"]);
    symlinkSync(outside, join(home, "deep"));
    await expect(openFolder(deeper, roots)).rejects.toEqual(refused("FORBIDDEN"));
  });

  test("openFolder, what takes the folder's place after it was opened, is not what is read", async () => {
    const { home, outside, roots } = openFolders(["safe/mine.txt"]);
    const folder = await openFolder(await roots.resolve(join(home, "safe")), roots);
    renameSync(join(home, "safe"), join(home, "moved"));
    symlinkSync(outside, join(home, "safe"));
    const { found } = await readNames(folder.inside);
    await folder.close();
    expect(found.map(({ name }) => name)).toEqual(["mine.txt"]);
  });

  test("listFolder, a folder that somebody keeps swapping for a link out, never shows what is outside", async () => {
    const { home, outside, roots } = openFolders(["safe/mine.txt"]);
    symlinkSync(outside, join(home, "out"));
    let listed = 0;
    let turns = 0;
    const swap = async (): Promise<void> => {
      for (; listed < 300; turns++) {
        await rename(join(home, "safe"), join(home, "kept"));
        await rename(join(home, "out"), join(home, "safe"));
        await rename(join(home, "safe"), join(home, "out"));
        await rename(join(home, "kept"), join(home, "safe"));
      }
    };
    const look = async (): Promise<void> => {
      for (; listed < 300; listed++) {
        const names = await listFolder(join(home, "safe"), roots).then(
          ({ entries }) => entries.map(({ name }) => name),
          () => ["refused"],
        );
        expect([["mine.txt"], ["refused"]]).toContainEqual(names);
      }
    };
    await Promise.all([swap(), look()]);
    expect(turns).toBeGreaterThan(0);
  });
});

describe("complete", () => {
  test("complete, the beginning of a path, gives the folders that begin so, sorted, written as typed", async () => {
    const { home, files } = openFolders(["code/shop/", "code/app/", "code/apple/", "code/.git/", "code/file.txt"]);
    expect(await files.complete("~/code/")).toEqual({
      directories: ["~/code/app", "~/code/apple", "~/code/shop"],
      truncated: false,
    });
    expect((await files.complete(`${home}/code/ap`)).directories).toEqual([`${home}/code/app`, `${home}/code/apple`]);
    expect((await files.complete("~/code/.")).directories).toEqual(["~/code/.git"]);
    expect((await files.complete("~/code/A")).directories).toEqual([]);
    expect((await files.complete("~")).directories).toEqual(["~/code", "~/data"]);
  });

  test("complete, nothing typed or the way to a root, gives the roots", async () => {
    const { top, home, files } = openFolders([], { roots: ["added"], sessions: ["work/shop"] });
    fill(top, ["added/", "work/shop/"]);
    const roots = [join(top, "added"), home, join(top, "work", "shop")];
    expect((await files.complete("")).directories).toEqual(roots.toSorted());
    expect((await files.complete(join(top, "wo"))).directories).toEqual([join(top, "work", "shop")]);
    expect((await files.complete(`${top}/`)).directories).toEqual(roots.toSorted());
  });

  test("complete, where nothing may be looked at or nothing is, gives nothing", async () => {
    const { outside, files } = openFolders(["file.txt"]);
    for (const prefix of [`${outside}/`, `${outside}/in`, "/etc/", "~/nowhere/", "~/file.txt/"]) {
      expect([prefix, await files.complete(prefix)]).toEqual([prefix, { directories: [], truncated: false }]);
    }
  });

  test("complete, more than the limit, is cut and says so", async () => {
    const { home, files } = openFolders();
    for (let index = 0; index < fileLimits.completions; index++) mkdirSync(join(home, `many-${100 + index}`));
    expect((await files.complete("~/many")).truncated).toBe(false);
    mkdirSync(join(home, "many-999"));
    const { directories, truncated } = await files.complete("~/many");
    expect([directories.length, truncated, directories[0]]).toEqual([fileLimits.completions, true, "~/many-100"]);
  });
});
