import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { FileListBuilder } from "../../src/files/search/file-list.ts";
import { FileSearch } from "../../src/files/search/file-search.ts";
import { listGitFiles } from "../../src/files/search/list-git-files.ts";
import { walkFolder } from "../../src/files/search/walk-folder.ts";
import { fileLimits } from "../../src/limits.ts";
import { fill, gitEnv, openFolders } from "./open-folders.ts";

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, env: gitEnv(folder), encoding: "utf8", stdio: "pipe" });
}

const listOf = (...paths: string[]) => {
  const list = new FileListBuilder(100);
  for (const path of paths) list.add(path, false);
  return list.finish();
};

describe("search in a git repository", () => {
  test("search, tracked and new files, are found without what git ignores; folders are too", async () => {
    const { home, files } = openFolders([
      "app/src/index.ts",
      "app/dist/index.js",
      "app/.gitignore",
      "app/node_modules/x.js",
    ]);
    const app = join(home, "app");
    writeFileSync(join(app, ".gitignore"), "dist\nnode_modules\n");
    git(app, "init", "-q");
    git(app, "add", ".");
    fill(app, ["src/new file\n.ts", "src/ümlaut.ts"]);
    expect(await files.search(app, "", 50)).toEqual({
      files: [
        { path: "src", directory: true },
        { path: ".gitignore", directory: false },
        { path: "src/index.ts", directory: false },
        { path: "src/ümlaut.ts", directory: false },
        { path: "src/new file\n.ts", directory: false },
      ],
      truncated: false,
    });
    expect((await files.search(app, "index", 1)).files).toEqual([{ path: "src/index.ts", directory: false }]);
  });

  test("search, a session in a folder of the repository, gives paths relative to that folder", async () => {
    const { home, files } = openFolders(["app/packages/web/page.ts", "app/other.ts"]);
    git(join(home, "app"), "init", "-q");
    expect((await files.search(join(home, "app", "packages"), "", 9)).files.map(({ path }) => path)).toEqual([
      "web",
      "web/page.ts",
    ]);
  });

  test("search, a tracked file that was deleted, is not offered; a repository inside is a folder", async () => {
    const { home, files } = openFolders(["app/gone.ts", "app/here.ts", "app/inner/x.ts"]);
    const app = join(home, "app");
    git(join(app, "inner"), "init", "-q");
    git(app, "init", "-q");
    git(app, "add", "gone.ts", "here.ts");
    rmSync(join(app, "gone.ts"));
    expect((await files.search(app, "", 9)).files).toEqual([
      { path: "inner", directory: true },
      { path: "here.ts", directory: false },
    ]);
  });
});

describe("11. A hostile repository", () => {
  test("search, hooks, fsmonitor, filters, pager and aliases of a repository, are not run", async () => {
    const { home, files } = openFolders(["app/a.ts"]);
    const app = join(home, "app");
    const proof = join(home, "proof");
    git(app, "init", "-q");
    git(app, "add", ".");
    const program = join(app, "evil.sh");
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${proof}\n`);
    chmodSync(program, 0o755);
    for (const name of [
      "core.fsmonitor",
      "core.pager",
      "core.sshCommand",
      "core.editor",
      "diff.external",
      "filter.x.clean",
    ])
      git(app, "config", name, program);
    git(app, "config", "alias.ls-files", `!${program}`);
    git(app, "config", "core.hooksPath", app);
    symlinkSync(program, join(app, "post-index-change"));
    writeFileSync(join(app, ".gitattributes"), "* filter=x diff=x\n");
    writeFileSync(join(app, "a.ts"), "changed");
    expect((await files.search(app, "a.ts", 9)).files).toEqual([{ path: "a.ts", directory: false }]);
    expect(existsSync(proof)).toBe(false);
    // The same question without our care runs it: the fixture bites.
    git(app, "ls-files", "--others");
    expect(existsSync(proof)).toBe(true);
  });

  test("search, a folder dressed up as a bare repository, does not count as one", async () => {
    const { home, files } = openFolders(["app/a.ts"]);
    const app = join(home, "app");
    const proof = join(home, "proof");
    git(home, "init", "-q", "--bare", app);
    git(app, "config", "core.bare", "false");
    git(app, "config", "core.worktree", app);
    const program = join(app, "evil.sh");
    writeFileSync(program, `#!/bin/sh\necho ran >> ${proof}\n`);
    chmodSync(program, 0o755);
    git(app, "config", "core.fsmonitor", program);
    expect((await files.search(app, "a.ts", 9)).files).toEqual([{ path: "a.ts", directory: false }]);
    expect(existsSync(proof)).toBe(false);
  });

  test("search, a work tree that is set to somewhere else, shows nothing of it", async () => {
    const { home, outside, files } = openFolders(["app/a.ts"]);
    const app = join(home, "app");
    git(app, "init", "-q");
    git(app, "config", "core.worktree", outside);
    expect((await files.search(app, "secret", 9)).files).toEqual([]);
  });

  test("search, a git of that name in the folder, is not run through a relative PATH", async () => {
    const { home } = openFolders(["app/a.ts"]);
    const app = join(home, "app");
    writeFileSync(join(app, "git"), `#!/bin/sh\ntouch ${home}/proof\n`);
    chmodSync(join(app, "git"), 0o755);
    const env = { ...gitEnv(home), PATH: ".::bin" };
    expect(await listGitFiles(app, env)).toBeNull();
    expect(existsSync(join(home, "proof"))).toBe(false);
  });
});

describe("search without git", () => {
  test("search, a plain folder, is walked without .git and node_modules; links are named and not followed", async () => {
    const { home, outside, files } = openFolders(["app/a/b.ts", "app/node_modules/x.js", "app/.git/HEAD", "app/.env"]);
    symlinkSync(outside, join(home, "app", "link"));
    expect(await files.search(join(home, "app"), "", 9)).toEqual({
      files: [
        { path: "a", directory: true },
        { path: ".env", directory: false },
        { path: "link", directory: false },
        { path: "a/b.ts", directory: false },
      ],
      truncated: false,
    });
  });

  test("walkFolder, out of time, gives what it has and says so", async () => {
    const { home } = openFolders(["a/b/c.ts"]);
    let now = 0;
    const { entries, truncated } = await walkFolder(home, () => (now += fileLimits.listTime * 0.6));
    expect([entries.map(({ path }) => path).toSorted(), truncated]).toEqual([["a", "data"], true]);
  });

  test("search, a folder that is gone, says so", async () => {
    const { home, files } = openFolders(["app/"]);
    rmSync(join(home, "app"), { recursive: true });
    await expect(files.search(join(home, "app"), "x", 9)).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("not there any more"),
    });
  });
});

describe("FileSearch", () => {
  test("FileSearch, many callers at once and soon after, reads the folder once; later it reads anew", async () => {
    const { home } = openFolders(["a.ts", "b.ts"]);
    const clock = { now: 0 };
    const list = vi.fn(async () => listOf("a.ts", "b.ts"));
    const search = new FileSearch({ list, now: () => clock.now });
    await Promise.all(Array.from({ length: 20 }, (_, index) => search.search(home, index % 2 ? "a" : "b", 9)));
    expect(list).toHaveBeenCalledTimes(1);
    clock.now = fileLimits.listLife - 1;
    await search.search(home, "a", 9);
    expect(list).toHaveBeenCalledTimes(1);
    clock.now = fileLimits.listLife;
    await search.search(home, "a", 9);
    expect(list).toHaveBeenCalledTimes(2);
  });

  test("FileSearch, a listing that failed, is tried again by the next caller", async () => {
    const { home } = openFolders(["a.ts"]);
    const list = vi.fn(async () => listOf("a.ts")).mockRejectedValueOnce(new Error("no"));
    const search = new FileSearch({ list, now: () => 0 });
    await expect(search.search(home, "a", 9)).rejects.toThrow("no");
    expect((await search.search(home, "a", 9)).files).toHaveLength(1);
  });

  test("FileSearch, many folders, forgets the one asked for longest ago", async () => {
    const { home } = openFolders();
    const list = vi.fn(async () => listOf());
    const search = new FileSearch({ list, now: () => 0 });
    for (let index = 0; index <= fileLimits.listings; index++) {
      mkdirSync(join(home, String(index)));
      await search.search(join(home, String(index)), "", 9);
    }
    await search.search(join(home, "1"), "", 9);
    expect(list).toHaveBeenCalledTimes(fileLimits.listings + 1);
    await search.search(join(home, "0"), "", 9);
    expect(list).toHaveBeenCalledTimes(fileLimits.listings + 2);
  });

  test("FileSearch, names that climb out of the folder, are nowhere", async () => {
    const { home } = openFolders(["app/"]);
    const search = new FileSearch({
      list: async () => listOf("../outside/secret.txt", "a/../../outside/secret.txt", "/etc/passwd"),
      now: () => 0,
    });
    expect((await search.search(join(home, "app"), "", 9)).files).toEqual([]);
  });
});
