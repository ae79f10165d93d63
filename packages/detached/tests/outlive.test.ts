import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { attach, fixture, newFolder, refusal, start, until, untilSays } from "./harness.ts";

interface Started {
  readonly folder: string;
  /** Kills the starter with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
}

/** A process of its own starts a fixture in a folder; `started` when it said so, or ended. */
async function startFromAfar(name: string, starter = "starter"): Promise<Started> {
  const folder = join(newFolder(), "child");
  const args = [fixture(starter), folder, fixture(name)];
  const other = execFile(process.execPath, args, { env: {} });
  const gone = new Promise<void>((resolve) => other.once("exit", () => resolve()));
  const said = new Promise<void>((resolve) => other.stdout?.once("data", () => resolve()));
  await Promise.race([gone, said]);
  const kill = (): Promise<void> => {
    other.kill("SIGKILL");
    return gone;
  };
  return { folder, kill };
}

test("reattach, after kill -9 of the starter in mid-stream, reads every byte and talks", async () => {
  const starter = await startFromAfar("counts");
  const first = await attach(starter.folder);
  let text = "";
  const tail = first.tail(0, (chunk) => void (text += chunk.toString()));
  await until(() => text.length > 1000);
  await starter.kill();
  await first.dispose(); // and this reader goes away, too
  const { position } = tail;

  const child = await attach(starter.folder);
  expect(child.state()).toBe("running");
  expect(child.meta.epoch).toBe("first");
  const rest = child.tail(position, (chunk) => void (text += chunk.toString()));
  await child.write(Buffer.from("are you there?\n"));
  await until(() => text.includes("! are you there?\n"));
  await child.write(Buffer.from("exit\n"));
  await rest.done;

  expect(await child.exited).toEqual({ code: null, signal: null, observed: false });
  expect(text).toBe(readFileSync(join(starter.folder, "out"), "utf8"));
  const counted = text.split("\n").filter((line) => /^\d/.test(line));
  expect(counted).toEqual(counted.map((_, n) => String(n)));
  expect(text.endsWith("! exit\n")).toBe(true);
  await child.remove();
});

test("reattach, a child stopped while its starter is killed, is stopped still and goes on", async () => {
  const starter = await startFromAfar("echoes");
  const child = await attach(starter.folder);
  child.signal("SIGSTOP");
  await until(() => child.state() === "stopped");
  await starter.kill();
  const again = await attach(starter.folder);
  expect(again.state()).toBe("stopped");
  await again.write(Buffer.from("hello\n"));
  again.signal("SIGCONT");
  expect(await untilSays(again, "hello\n")).toBe("hello\n");
});

test("reattach, a starter killed before it noted the pid, finds the child by its FIFO", async () => {
  const starter = await startFromAfar("echoes", "starter-without-meta");
  await starter.kill();
  const noted: unknown = JSON.parse(readFileSync(join(starter.folder, "meta.json"), "utf8"));
  expect(noted).toMatchObject({ pid: null, startTime: null });
  const child = await attach(starter.folder);
  expect(child.state()).toBe("running");
  await child.write(Buffer.from("hello\n"));
  expect(await untilSays(child, "hello\n")).toBe("hello\n");
  expect((await attach(starter.folder)).meta).toEqual(child.meta);
});

test("reattach, a child that ended with its pid never noted, is dead and can be removed", async () => {
  const starter = await startFromAfar("dies-at-start", "starter-without-meta");
  await starter.kill();
  const { folder } = starter;
  await until(() => readFileSync(join(folder, "err"), "utf8").length > 0);
  let child = await attach(folder);
  while (child.pid !== null && child.state() !== "dead") child = await attach(folder);
  await child.exited;
  await refusal(child.write(Buffer.from("x")), "CHILD_DEAD");
  expect(child.signal("SIGKILL")).toBe(false);
  await child.terminate({ graceMs: 0 });
  expect(await child.stderrTail()).toContain("unknown flag");
  await child.remove();
});

test("reattach, several in one process beside our own, share the child", async () => {
  const own = await start("echoes");
  const others = await Promise.all([attach(own.folder), attach(own.folder)]);
  for (const child of others) await child.write(Buffer.from(`${others.indexOf(child)}\n`));
  expect(await untilSays(own, "1\n")).toBe("0\n1\n");
});
