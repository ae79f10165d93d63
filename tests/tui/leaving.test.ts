import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launcher } from "../cli/programs.ts";
import { Terminal } from "../cli/terminal.ts";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { editor } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

async function opened(env: NodeJS.ProcessEnv = {}): Promise<Terminal> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder });
  const terminal = new Terminal([process.execPath, launcher("pier"), "attach", id], {
    env: { ...daemon.env, PIER_DATA_DIR: daemon.dataDir, ...env },
    cwd: daemon.folder,
  });
  await terminal.shows(editor);
  return terminal;
}

describe("terminal client, gives the terminal back", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("at %s, and says how to come back", async (signal) => {
    const terminal = await opened();
    expect(terminal.showsCursor).toBe(false);
    process.kill(terminal.pid, signal);
    const text = await terminal.shows("exit code");
    expect(text).toContain("Left; the session goes on.");
    expect(text).toContain("exit code 0");
    expect(terminal.showsCursor).toBe(true);
  });

  test("when it fails in a way that nobody thought of", async () => {
    const fault = "process.on('SIGUSR2', () => { throw new Error('unthought of'); });";
    const terminal = await opened({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` });
    process.kill(terminal.pid, "SIGUSR2");
    await terminal.shows("unthought of");
    await terminal.shows(/exit code [1-9]/);
    expect(terminal.showsCursor).toBe(true);
  });
});

describe("terminal client, keys that come more than once", () => {
  test("Ctrl+C in a program that it lends the terminal, ends that program alone", async () => {
    const program = join(daemon.home, "cooked.sh");
    writeFileSync(program, "#!/bin/sh\necho it runs\nexec cat\n");
    chmodSync(program, 0o700);
    const terminal = await opened({ VISUAL: program });
    terminal.type("typed");
    // Held down, it is one program.
    terminal.type("\u0007\u0007\u0007");
    const text = await terminal.shows("it runs");
    expect(text.match(/it runs/g)).toHaveLength(1);
    terminal.press("C-c");
    await terminal.shows("The editor ended with an error: the text is as it was.");
    await terminal.shows(/^typed/m);
  });

  test("Ctrl+L held down, asks once", async () => {
    const terminal = await opened();
    terminal.type("\u000c\u000c\u000c");
    await terminal.shows("Esc cancel");
    terminal.press("Escape");
    // A key right after Esc would be Alt with that key.
    await terminal.shows((text) => !text.includes("Esc cancel"));
    terminal.type("typed");
    await terminal.shows(/^typed/m);
  });
});
