import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reattach } from "../src/index.ts";
import { attach, endAfterwards, isAlive, newFolder, refusal, start, until, untilSays } from "./harness.ts";

test("state, SIGSTOP, SIGCONT and the end, tells running, stopped, dead", async () => {
  const child = await start("stalls");
  const again = await attach(child.folder);
  await untilSays(child, "ready");
  expect([child.state(), again.state()]).toEqual(["running", "running"]);
  expect(again.signal("SIGSTOP")).toBe(true);
  await until(() => child.state() === "stopped" && again.state() === "stopped");
  child.signal("SIGCONT");
  await until(() => again.state() === "running");
  child.signal("SIGKILL");
  expect(await child.exited).toEqual({ code: null, signal: "SIGKILL", observed: true });
  expect(await again.exited).toEqual({ code: null, signal: null, observed: false });
  expect([child.state(), again.state()]).toEqual(["dead", "dead"]);
  expect([child.signal("SIGTERM"), again.signal("SIGTERM")]).toEqual([false, false]);
});

test("state, a pid that somebody else has now, is dead, and is never signalled", async () => {
  const child = await start("stalls");
  const metaFile = join(child.folder, "meta.json");
  const text = readFileSync(metaFile, "utf8");
  const { startTime } = child.meta;
  writeFileSync(metaFile, text.replace(String(startTime), `${startTime}1`));
  const imposter = await attach(child.folder);
  expect(imposter.state()).toBe("dead");
  expect(await imposter.exited).toMatchObject({ observed: false });
  expect(imposter.signal("SIGKILL")).toBe(false);
  await imposter.terminate({ graceMs: 0 });
  await refusal(imposter.write(Buffer.from("x")), "CHILD_DEAD");
  expect(child.state()).toBe("running");
});

test("terminate, a stopped child, ends by SIGTERM", async () => {
  const child = await start("stalls");
  await untilSays(child, "ready");
  child.signal("SIGSTOP");
  await until(() => child.state() === "stopped");
  await child.terminate({ graceMs: 30_000 });
  expect(await child.exited).toMatchObject({ signal: "SIGTERM" });
});

test("terminate, a child that ignores SIGTERM, kills it after the grace", async () => {
  const child = await start("ignores-sigterm");
  await untilSays(child, "ready");
  const again = await attach(child.folder);
  // Long enough for a busy machine to let it say that it was asked.
  await again.terminate({ graceMs: 3_000 });
  expect(await child.exited).toMatchObject({ signal: "SIGKILL" });
  expect(await untilSays(child, "SIGTERM")).toBe("ready\nSIGTERM\n");
});

test("terminate, aborted during the grace, does not kill", async () => {
  const child = await start("ignores-sigterm");
  await untilSays(child, "ready");
  const stop = new AbortController();
  const ending = child.terminate({ graceMs: 60_000, signal: stop.signal });
  await untilSays(child, "SIGTERM");
  stop.abort();
  await refusal(ending, "ABORTED");
  expect(child.state()).toBe("running");
});

test("terminate, a grandchild in the group that ignores SIGTERM, leaves nobody", async () => {
  const child = await start("forks-grandchild");
  const said = await untilSays(child, /grandchild \d+\n/);
  const grandchild = endAfterwards(Number(/grandchild (\d+)/.exec(said)?.[1]));
  await child.terminate({ graceMs: 50 });
  expect(await child.exited).toMatchObject({ signal: "SIGTERM" });
  expect(isAlive(grandchild)).toBe(false);
});

test("write, a dead child whose grandchild holds the FIFO, rejects with CHILD_DEAD", async () => {
  const child = await start("forks-grandchild");
  const said = await untilSays(child, /grandchild \d+\n/);
  endAfterwards(Number(/grandchild (\d+)/.exec(said)?.[1]));
  const full = child.write(Buffer.alloc(1024 * 1024));
  const refused = refusal(full, "CHILD_DEAD");
  child.signal("SIGKILL");
  expect((await refused).written).toBeGreaterThan(0);
  await refusal(child.write(Buffer.from("x")), "CHILD_DEAD");
});

test("reattach, no folder, no meta and nonsense, says which", async () => {
  const folder = newFolder();
  await refusal(reattach(join(folder, "none")), "NO_CHILD");
  await refusal(reattach(folder), "NO_CHILD");
  const child = await start("stalls");
  const metaFile = join(child.folder, "meta.json");
  const good = readFileSync(metaFile, "utf8");
  const bad = ["", "{", "[]", good.replace('"version": 1', '"version": 2')];
  bad.push(good.replace(/"pid": \d+/, '"pid": 1'), good.replace(/"pid": \d+/, '"pid": null'));
  bad.push(good + " ".repeat(1024 * 1024));
  for (const text of bad) {
    writeFileSync(metaFile, text);
    await refusal(reattach(child.folder), "BAD_META");
  }
  writeFileSync(metaFile, good);
  rmSync(join(child.folder, "out"));
  await refusal(reattach(child.folder), "NO_CHILD");
});

test("remove, a living child, refuses; a dead one, deletes the folder", async () => {
  const child = await start("stalls");
  await refusal(child.remove(), "CHILD_ALIVE");
  expect(existsSync(join(child.folder, "meta.json"))).toBe(true);
  await child.terminate({ graceMs: 30_000 });
  await child.remove();
  expect(existsSync(child.folder)).toBe(false);
});

test("dispose, a living child, closes every file and leaves it running", async () => {
  const child = await start("stalls");
  await untilSays(child, "ready");
  const ofOurs = (): string[] => process.getActiveResourcesInfo().filter((name) => /FSEvent|Timeout/.test(name));
  const before = ofOurs().length;
  const again = await attach(child.folder);
  const tail = again.tail(0, () => {});
  const waiting = refusal(again.write(Buffer.alloc(1024 * 1024)), "DISPOSED");
  await tail.caughtUp();
  await again.dispose();
  await again.dispose();
  await Promise.all([waiting, tail.done]);
  await refusal(again.write(Buffer.from("x")), "DISPOSED");
  await refusal(again.journal.size(), "DISPOSED");
  expect(ofOurs().length).toBeLessThanOrEqual(before);
  expect(child.state()).toBe("running");
});
