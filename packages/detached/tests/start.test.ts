import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { spawnDetached } from "../src/index.ts";
import { attach, newFolder, refusal, start, until, untilSays } from "./harness.ts";

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test.each([0o000, 0o077, 0o377])(
  "spawnDetached, umask %o, makes a folder and files only their owner can use",
  async (mask) => {
    const folder = join(newFolder(), "child");
    const before = process.umask(mask);
    try {
      await start("stalls", [], { folder });
    } finally {
      process.umask(before);
    }
    expect(readdirSync(folder).toSorted()).toEqual(["err", "in", "meta.json", "out"]);
    expect(modeOf(folder)).toBe("700");
    for (const name of readdirSync(folder)) expect(modeOf(join(folder, name))).toBe("600");
  },
);

test("spawnDetached, a program, notes everything but its environment", async () => {
  const extra = { model: "m", list: [1, null, true] };
  const child = await start("stalls", ["a b"], { env: { SECRET: "s3cret" }, extra });
  const { meta } = await attach(child.folder);
  expect(meta).toEqual(child.meta);
  expect(meta).toMatchObject({ version: 1, pid: child.pid, epoch: "first", extra });
  expect(meta.args.at(-1)).toBe("a b");
  expect(JSON.stringify(meta)).not.toContain("s3cret");
});

const BAD_STARTS = [
  ["a program that is missing", "CANNOT_START", { command: "/no/such/program" }],
  ["a program that may not be run", "CANNOT_START", { command: import.meta.filename }],
  ["an argument no program can have", "CANNOT_START", { args: ["a\0b"] }],
  ["a working folder that is missing", "NO_CWD", { cwd: "/no/such/folder" }],
  ["a working folder that is a file", "NO_CWD", { cwd: import.meta.filename }],
  ["an extra that is too large", "BAD_ARGUMENT", { extra: "x".repeat(1024 * 1024) }],
] as const;

test.each(BAD_STARTS)("spawnDetached, %s, rejects with %s and leaves nothing behind", async (_, code, options) => {
  const folder = newFolder();
  const starting = spawnDetached({
    folder: join(folder, "child"),
    command: process.execPath,
    args: [],
    cwd: folder,
    env: {},
    epoch: "first",
    ...options,
  });
  await refusal(starting, code);
  expect(readdirSync(folder)).toEqual([]);
});

test("spawnDetached, no mkfifo, rejects with NO_FIFO and leaves nothing behind", async () => {
  const folder = join(newFolder(), "child");
  const path = process.env["PATH"];
  process.env["PATH"] = "/no/such/folder";
  try {
    await refusal(start("stalls", [], { folder }), "NO_FIFO");
  } finally {
    process.env["PATH"] = path;
  }
  expect(existsSync(folder)).toBe(false);
});

test("spawnDetached, a folder that is there, rejects and leaves it alone", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "mine"), "");
  await refusal(start("stalls", [], { folder }), "FOLDER_EXISTS");
  expect(readdirSync(folder)).toEqual(["mine"]);
});

test("spawnDetached, a folder below a file, rejects with NO_FOLDER", async () => {
  const file = join(newFolder(), "file");
  writeFileSync(file, "");
  await refusal(start("stalls", [], { folder: join(file, "child") }), "NO_FOLDER");
});

test("spawnDetached, a child, has no file of ours but its stdio", async () => {
  const folder = newFolder();
  const list =
    "process.stdout.write(require('fs').readdirSync('/proc/self/fd').map(f=>{try{return require('fs').readlinkSync('/proc/self/fd/'+f)}catch{return ''}}).join('\\n')+'\\nend\\n')";
  if (!existsSync("/proc/self/fd")) return;
  mkdirSync(join(folder, "other"));
  const child = await start("", [], { args: ["-e", list] });
  const open = (await untilSays(child, "\nend\n")).split("\n");
  const ours = open.filter((path) => path.startsWith("/") && !path.startsWith("/dev/"));
  const names = ours.filter((path) => !path.startsWith("/proc/")).map((path) => basename(path));
  expect(names).toEqual(["in", "out", "err"]);
});

test("spawnDetached, a program that dies at start, tells its code and its last words", async () => {
  const child = await start("dies-at-start");
  expect(await child.exited).toEqual({ code: 3, signal: null, observed: true });
  expect(child.state()).toBe("dead");
  expect(await child.stderrTail()).toBe("unknown flag: --grüße\n");
  // Cut inside the ü, only whole characters are given.
  expect(await child.stderrTail("\u00fcße\n".length + 2)).toBe("ße\n".padStart(5, "ü").slice(-4));
});

test("spawnDetached, a program that ended before we listened, settles exited", async () => {
  const child = await start("", [], { command: "/bin/true", args: [] });
  await until(() => child.state() === "dead");
  expect(await child.exited).toEqual({ code: 0, signal: null, observed: true });
});
