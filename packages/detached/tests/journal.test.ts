import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DetachedChild } from "../src/index.ts";
import { READ_BYTES } from "../src/limits.ts";
import { attach, endAfterwards, fixture, refusal, start, until, untilSays } from "./harness.ts";

const numbers = (count: number): string => Array.from({ length: count }, (_, n) => `${n}\n`).join("");

/** What an uninterrupted "counts" writes: every number once, in order. */
function expectCounted(text: string): void {
  const said = text.split("\n").filter((line) => /^\d/.test(line));
  const first = Number(said[0]);
  expect(said).toEqual(said.map((_, n) => String(first + n)));
}

const blocksOf = (child: DetachedChild): number => statSync(join(child.folder, "out")).blocks;

const canPunch = ((): boolean => {
  try {
    execFileSync("fallocate", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test("journal, read and readSync, at, inside and over the ends, agree", async () => {
  const child = await start("floods", [10]);
  await child.exited;
  const { journal } = child;
  const all = numbers(10);
  expect([await journal.size(), journal.start()]).toEqual([all.length, 0]);
  for (const [from, to] of [
    [0, 20],
    [3, 7],
    [5, 5],
    [18, 99],
    [20, 20],
  ] as const) {
    expect((await journal.read(from, to)).toString()).toBe(all.slice(from, to));
    expect(journal.readSync(from, to).toString()).toBe(all.slice(from, to));
  }
  await refusal(journal.read(21, 22), "BEYOND_END");
  await refusal(journal.trim(21), "BEYOND_END");
  for (const [from, to] of [
    [-1, 2],
    [3, 2],
    [0.5, 2],
    [0, Number.NaN],
  ] as const) {
    await refusal(journal.read(from, to), "BAD_ARGUMENT");
  }
});

test("journal, a range larger than one read may be, is refused", async () => {
  const child = await start("", [], { command: "/bin/true", args: [] });
  await child.exited;
  execFileSync("truncate", ["-s", String(READ_BYTES + 1), join(child.folder, "out")]);
  expect((await child.journal.read(1, READ_BYTES + 1)).length).toBe(READ_BYTES);
  await refusal(child.journal.read(0, READ_BYTES + 1), "TOO_LARGE");
});

test.runIf(canPunch).each(["punch", "auto", "move"] as const)(
  "trim, %s, gives disk space back, keeps positions, and is remembered",
  async (method) => {
    const child = await start("floods", [300_000]);
    await child.exited;
    const all = numbers(300_000);
    const before = blocksOf(child);
    const at = all.length - 5000;
    const early = child.tail(0, () => {});
    await early.done;
    await child.journal.trim(at, { method });
    await child.journal.trim(at, { method });
    await child.journal.trim(3, { method });
    expect(blocksOf(child)).toBeLessThan(before / 10);
    for (const handle of [child, await attach(child.folder)]) {
      expect(handle.journal.start()).toBe(at);
      expect(await handle.journal.size()).toBe(all.length);
      expect((await handle.journal.read(at, all.length)).toString()).toBe(all.slice(at));
      const error = await refusal(handle.journal.read(9, 20), "TRIMMED");
      expect(error.message).toContain(`position is 9, journal starts at ${at}`);
      expect(() => handle.journal.readSync(at - 1, at)).toThrow("journal starts at");
      await refusal(handle.tail(at - 1, () => {}).done, "TRIMMED");
    }
    expect(readdirSync(child.folder).toSorted()).toEqual(["err", "in", "journal.json", "meta.json", "out"]);
  },
);

test("trim, no way to punch holes, moves the journal", async () => {
  const child = await start("floods", [100_000]);
  await child.exited;
  const size = await child.journal.size();
  const path = process.env["PATH"];
  process.env["PATH"] = "/no/such/folder";
  try {
    await refusal(child.journal.trim(100, { method: "punch" }), "CANNOT_TRIM");
    await child.journal.trim(size - 10);
  } finally {
    process.env["PATH"] = path;
  }
  expect(statSync(join(child.folder, "out")).size).toBe(10);
  expect((await child.journal.read(size - 10, size)).toString()).toBe("998\n99999\n");
});

test.each(["auto", "move"] as const)(
  "trim, %s, again and again while the child writes and tails follow, loses no line",
  async (method) => {
    const own = await start("counts");
    const child = await attach(own.folder);
    let text = "";
    const tail = child.tail(0, (chunk) => void (text += chunk.toString()));
    for (let round = 1; round <= 8; round += 1) {
      const { length } = text;
      await until(() => text.length > length + 2000);
      await child.journal.trim(tail.position - 500, { method });
    }
    expect(child.state()).toBe("running");
    await child.write(Buffer.from("exit\n"));
    await tail.done;
    expect(tail.position).toBe(await child.journal.size());
    expect(text.length).toBe(tail.position);
    expectCounted(text);
    const from = child.journal.start();
    expect((await child.journal.read(from, 1e9)).toString()).toBe(text.slice(from));
  },
);

test("trim, a grandchild that writes too, loses none of its bytes", async () => {
  const writes = "let n=0;setInterval(()=>{for(let i=0;i<50;i++)fs.writeSync(1,n+++'\\n')},1)";
  const forks = `child_process.spawn(process.execPath,["-e",${JSON.stringify(writes)}],{stdio:"inherit",detached:true})`;
  const child = await start("", [], { args: ["-e", forks] });
  const found = (): string => spawnSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" }).stdout.trim();
  await until(() => found() !== "");
  const grandchild = endAfterwards(Number(found())); // in a group of its own, so nobody else ends it
  let text = "";
  const tail = child.tail(0, (chunk) => void (text += chunk.toString()));
  for (let round = 1; round <= 5; round += 1) {
    const { length } = text;
    await until(() => text.length > length + 2000);
    await child.journal.trim(tail.position, { method: "move" });
  }
  const { length } = text;
  await until(() => text.length > length + 2000);
  process.kill(grandchild, "SIGKILL");
  await child.terminate({ graceMs: 0 });
  await tail.done;
  expectCounted(text);
});

test("trim, a stopped child, leaves it stopped", async () => {
  const child = await start("counts");
  await untilSays(child, "100\n");
  child.signal("SIGSTOP");
  await until(() => child.state() === "stopped");
  await child.journal.trim(50, { method: "move" });
  expect(child.state()).toBe("stopped");
  expect(child.journal.start()).toBe(50);
});

test("reattach, a trimmer killed at any step, lets the child go on and loses no line", async () => {
  let isDone = false;
  for (let fatal = 1; !isDone; fatal += 1) {
    const child = await start("counts");
    await untilSays(child, "200\n");
    const before = child.journal.readSync(0, 1e9).toString();
    const args = [fixture("mover"), child.folder, "100", String(fatal)];
    const mover = spawnSync(process.execPath, args, { encoding: "utf8" });
    isDone = mover.stdout.startsWith("steps");
    expect(isDone || mover.signal === "SIGKILL").toBe(true);
    const again = await attach(child.folder);
    expect(again.state()).toBe("running");
    expect(existsSync(join(child.folder, "move.json"))).toBe(false);
    const size = await again.journal.size();
    await until(() => again.journal.readSync(size, 1e9).length > 0);
    await again.terminate({ graceMs: 0 });
    const from = again.journal.start();
    expect([0, 100]).toContain(from);
    const after = (await again.journal.read(from, 1e9)).toString();
    expect(before.slice(0, from) + after).toContain(before);
    expectCounted(before.slice(0, from) + after);
    expect(fatal).toBeLessThan(20);
  }
});

test("reattach, a journal.json that is nonsense, rejects with BAD_META", async () => {
  const child = await start("stalls");
  for (const text of ["", "{}", '{"version":1,"base":5,"start":4}']) {
    writeFileSync(join(child.folder, "journal.json"), text);
    await refusal(attach(child.folder), "BAD_META");
  }
});
