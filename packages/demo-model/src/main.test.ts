import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "vitest";
import { DEMO_MODEL_ENTRY } from "./entry.ts";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

async function run(...args: string[]): Promise<{ process: ChildProcess; url: string }> {
  const started = spawn(process.execPath, [DEMO_MODEL_ENTRY, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  const [line] = (await once(createInterface(started.stdout), "line")) as [string];
  const { type, port } = JSON.parse(line) as { type: string; port: number };
  expect(type).toBe("listening");
  return { process: started, url: `http://127.0.0.1:${port}` };
}

describe("the standalone demo model", () => {
  test("it answers, outlives its starter's pipe, and ends on SIGTERM", async () => {
    const { process: started, url } = await run("--port", "0", "--verbose");
    started.stdout?.destroy();
    started.stderr?.destroy();
    for (let count = 0; count < 3; count += 1) expect((await fetch(`${url}/healthz`)).ok).toBe(true);
    started.kill("SIGTERM");
    expect(await once(started, "exit")).toEqual([0, null]);
  });

  test("it ends itself when nobody asks for long", async () => {
    const { process: started } = await run("--idle-exit-ms", "1");
    const exit = started.exitCode === null ? await once(started, "exit") : [started.exitCode, null];
    expect(exit).toEqual([0, null]);
  });

  test.each([["--port", "x"], ["--host", "0.0.0.0"], ["--nonsense"]])(
    "%s %s exits 1 with the reason",
    async (...args: string[]) => {
      const started = spawn(process.execPath, [DEMO_MODEL_ENTRY, ...args]);
      child = started;
      let reason = "";
      started.stderr.on("data", (chunk: Buffer) => (reason += chunk.toString()));
      expect(await once(started, "close")).toEqual([1, null]);
      expect(reason).toContain("Usage:");
    },
  );
});
