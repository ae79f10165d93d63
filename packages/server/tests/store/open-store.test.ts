import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makePrivateFolder, openStore } from "../../src/store/index.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { toStorageError } from "../../src/store/storage-error.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const storeUrl = new URL("../../src/store/index.ts", import.meta.url).href;

function open(folder: string) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe("14. Files 0600, folders 0700 whatever the umask", () => {
  test.each([0o000, 0o077, 0o777])("umask %o", (umask) => {
    const folder = join(temporaryFolder(), "nested");
    const program = `
      import { lockDataDirectory, openAuditLog, openStore, writeDaemonFile } from ${JSON.stringify(storeUrl)};
      import { localToken } from ${JSON.stringify(new URL("../../src/auth/local-token.ts", import.meta.url).href)};
      process.umask(${umask});
      const folder = process.argv[1];
      lockDataDirectory(folder);
      const store = openStore(folder);
      localToken(folder, store.devices, 1);
      openAuditLog(folder).append({ device: null, address: "a", action: "x", outcome: "ok" });
      writeDaemonFile(folder, { pid: 1, url: "u", startedAt: 1, version: "v" });
      process.kill(process.pid, "SIGKILL");`;
    const child = spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", program, folder], {
      encoding: "utf8",
    });
    expect(child.stderr).toBe("");
    expect(modeOf(folder)).toBe("700");
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual([
      "audit.jsonl",
      "daemon.json",
      "local-token",
      "pier.db",
      "pier.db-shm",
      "pier.db-wal",
      "pier.lock",
    ]);
    for (const file of files) expect([file, modeOf(join(folder, file))]).toEqual([file, "600"]);
  });

  test("modes that somebody loosened are tightened again", () => {
    const folder = temporaryFolder();
    openStore(folder).close();
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "pier.db"), 0o644);
    open(folder);
    expect([modeOf(folder), modeOf(join(folder, "pier.db"))]).toEqual(["700", "600"]);
  });

  test("a folder in other use that is open to others is left as it is", () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "thesis.txt"), "");
    expect(() => makePrivateFolder(folder)).toThrow(/in other use and open to others.*--data-dir/);
    expect(modeOf(folder)).toBe("755");
  });

  test("an empty folder with the sticky bit, as /tmp may be, is left as it is", () => {
    const folder = temporaryFolder();
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(() => makePrivateFolder(folder)).toThrow(/--data-dir/);
    expect(statSync(folder).mode & 0o7777).toBe(0o1777);
  });

  test("a database that is a symbolic link is refused", () => {
    const folder = temporaryFolder();
    makePrivateFolder(folder);
    writeFileSync(join(folder, "..", "elsewhere"), "");
    symlinkSync(join(folder, "..", "elsewhere"), join(folder, "pier.db"));
    expect(() => openStore(folder)).toThrow(/symbolic link/);
  });
});

describe("openStore", () => {
  test("keeps its serverId over restarts and gives each store its own", () => {
    const folder = temporaryFolder();
    const { meta } = open(folder);
    expect(open(folder).meta).toEqual(meta);
    expect(meta.serverId).toMatch(/^[0-9a-f-]{36}$/);
    expect(open(temporaryFolder()).meta.serverId).not.toBe(meta.serverId);
  });

  test("is silent: no ExperimentalWarning, while other warnings pass", () => {
    const program = `
      import { openStore } from ${JSON.stringify(storeUrl)};
      openStore(process.argv[1]).close();
      process.emitWarning("something else");`;
    const child = spawnSync(
      process.execPath,
      ["--input-type=module-typescript", "--eval", program, temporaryFolder()],
      { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
    );
    expect(child.stderr).toContain("something else");
    expect(child.stderr).not.toContain("SQLite");
  });

  test("a file that is no database: says so, changes nothing", () => {
    const folder = temporaryFolder();
    makePrivateFolder(folder);
    const path = join(folder, "pier.db");
    const nonsense = "this is no database. ".repeat(500);
    writeFileSync(path, nonsense);
    expect(() => openStore(folder)).toThrow(
      expect.objectContaining({ code: "STORAGE", message: expect.stringMatching(/pier\.db.*damaged.*move it aside/) }),
    );
    expect(readFileSync(path, "utf8")).toBe(nonsense);
  });

  test("a database with damaged pages: says so, changes nothing", () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    for (let index = 0; index < 200; index++) {
      store.prompts.accept({
        id: `p${index}`,
        session: "s",
        clientId: "c",
        commandId: null,
        command: "x".repeat(500),
        epoch: null,
        state: "accepted",
        reply: null,
        acceptedAt: index,
      });
    }
    store.close();
    const path = join(folder, "pier.db");
    const damaged = readFileSync(path).fill(0xff, 8_192);
    writeFileSync(path, damaged);
    expect(() => openStore(folder)).toThrow(/damaged; move it aside/);
    expect(readFileSync(path).equals(damaged)).toBe(true);
  });

  test("a database of a newer Pier: says which version it knows, changes nothing", () => {
    const folder = temporaryFolder();
    openStore(folder).close();
    const path = join(folder, "pier.db");
    const db = openSqlite(path);
    db.exec("PRAGMA user_version = 999");
    db.close();
    expect(() => openStore(folder)).toThrow(/newer Pier wrote it \(version 999, this one knows \d+\).*--data-dir/);
  });

  test("a folder that is not writable: says so", () => {
    const parent = temporaryFolder();
    mkdirSync(parent, { mode: 0o500 });
    // Root may write anywhere, so be nobody for a moment.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(() => openStore(join(parent, "data"))).toThrow(/not writable.*--data-dir/);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test("a folder that cannot be made, even by root: says so", () => {
    expect(() => openStore("/proc/pier-data")).toThrow(expect.objectContaining({ code: "STORAGE" }));
  });

  test("a file where the folder should be: says so", () => {
    const path = temporaryFolder();
    writeFileSync(path, "");
    expect(() => openStore(path)).toThrow(/file of that name.*--data-dir/);
    expect(() => openStore(join(path, "below"))).toThrow(/part of the path is a file/);
  });
});

test("toStorageError: a full disk is STORAGE with what to do", () => {
  const db = openSqlite(":memory:");
  onTestFinished(() => db.close());
  db.exec("PRAGMA max_page_count = 3; CREATE TABLE t (x)");
  let caught: unknown;
  try {
    db.exec("INSERT INTO t VALUES (randomblob(100000))");
  } catch (error) {
    caught = error;
  }
  expect(toStorageError(caught, "x")).toMatchObject({
    code: "STORAGE",
    message: "Cannot use x: the disk is full; free some space and try again.",
    cause: caught,
  });
});

test("toStorageError: knows SQLite's extended codes and the file system's", () => {
  expect(toStorageError({ errcode: 8 | (3 << 8), message: "m" }, "x").message).toMatch(/not writable/);
  expect(toStorageError({ code: "EROFS", message: "m" }, "x").message).toMatch(/not writable/);
  expect(toStorageError({ code: "ENOSPC", message: "m" }, "x").message).toMatch(/disk is full/);
  expect(toStorageError(new Error("odd"), "x").message).toBe("Cannot use x: odd.");
});
